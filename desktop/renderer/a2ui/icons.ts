import type { Icon } from '@tabler/icons-react';
import {
  IconAlertCircle, IconAlertTriangle, IconArrowLeft, IconArrowRight, IconBell, IconBellOff, IconCalendar,
  IconCalendarEvent, IconCamera, IconCheck, IconCreditCard, IconDots, IconDotsVertical, IconDownload, IconEye,
  IconEyeOff, IconFolder, IconHeart, IconHeartOff, IconHelp, IconHome, IconInfoCircle, IconLock, IconLockOpen,
  IconMail, IconMapPin, IconMenu2, IconPaperclip, IconPencil, IconPhone, IconPhoto, IconPlayerPause, IconPlayerPlay,
  IconPlayerSkipBack, IconPlayerSkipForward, IconPlayerStop, IconPlayerTrackNext, IconPlayerTrackPrev, IconPlus,
  IconPrinter, IconRefresh, IconSearch, IconSend, IconSettings, IconShare, IconShoppingCart, IconStar, IconStarHalf,
  IconStarOff, IconTrash, IconUpload, IconUser, IconUserCircle, IconVolume, IconVolume2, IconVolume3, IconVolumeOff,
  IconX,
} from '@tabler/icons-react';

const icons: Record<string, Icon> = {
  accountCircle: IconUserCircle, add: IconPlus, arrowBack: IconArrowLeft, arrowForward: IconArrowRight,
  attachFile: IconPaperclip, calendarToday: IconCalendar, call: IconPhone, camera: IconCamera, check: IconCheck,
  close: IconX, delete: IconTrash, download: IconDownload, edit: IconPencil, event: IconCalendarEvent,
  error: IconAlertCircle, fastForward: IconPlayerTrackNext, favorite: IconHeart, favoriteOff: IconHeartOff,
  folder: IconFolder, help: IconHelp, home: IconHome, info: IconInfoCircle, locationOn: IconMapPin, lock: IconLock,
  lockOpen: IconLockOpen, mail: IconMail, menu: IconMenu2, moreVert: IconDotsVertical, moreHoriz: IconDots,
  notificationsOff: IconBellOff, notifications: IconBell, pause: IconPlayerPause, payment: IconCreditCard,
  person: IconUser, phone: IconPhone, photo: IconPhoto, play: IconPlayerPlay, print: IconPrinter, refresh: IconRefresh,
  rewind: IconPlayerTrackPrev, search: IconSearch, send: IconSend, settings: IconSettings, share: IconShare,
  shoppingCart: IconShoppingCart, skipNext: IconPlayerSkipForward, skipPrevious: IconPlayerSkipBack, star: IconStar,
  starHalf: IconStarHalf, starOff: IconStarOff, stop: IconPlayerStop, upload: IconUpload, visibility: IconEye,
  visibilityOff: IconEyeOff, volumeDown: IconVolume2, volumeMute: IconVolume3, volumeOff: IconVolumeOff,
  volumeUp: IconVolume, warning: IconAlertTriangle,
};

/** The drawing of an icon that the basic catalogue names; undefined for another name. */
export function iconNamed(name: string): Icon | undefined {
  return Object.hasOwn(icons, name) ? icons[name] : undefined;
}
