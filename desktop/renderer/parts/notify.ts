import { notifications } from '@mantine/notifications';
import { toApiError } from '../api/errors.ts';

/** Says that something was done. */
export function saidDone(message: string): void {
  notifications.show({ message, color: 'iris', autoClose: 4000 });
}

/** Says why something was refused or failed. */
export function saidWrong(error: unknown): void {
  notifications.show({ message: toApiError(error).message, color: 'red', autoClose: 8000, role: 'alert' });
}
