import { notifications } from '@mantine/notifications';
import { toApiError } from '../api/errors.ts';

/** Says briefly that something was done. */
export function tell(message: string): void {
  notifications.show({ message, autoClose: 4000, color: 'iris' });
}

/** Says why something could not be done; stays until it is closed. */
export function tellFailure(error: unknown, title: string): void {
  notifications.show({ title, message: toApiError(error).message, color: 'red', autoClose: false });
}
