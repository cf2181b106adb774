import { numberFormat } from '../messages/formats.ts';

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** An amount of bytes in words, by thousands: "29 bytes", "12 kB", "3.4 MB". */
export function byteWords(bytes: number): string {
  const power = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3));
  const unit = units[power] ?? 'byte';
  const value = bytes / 1000 ** power;
  const maximumFractionDigits = power > 0 && value < 10 ? 1 : 0;
  const unitDisplay = power === 0 ? 'long' : 'short';
  return numberFormat({ style: 'unit', unit, unitDisplay, maximumFractionDigits }).format(value);
}
