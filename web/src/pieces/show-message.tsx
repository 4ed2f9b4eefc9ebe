import { notifications } from '@mantine/notifications';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { ApiProblem } from '../api/api-problem.ts';

/** Tells in a corner that something was done. */
export function showDone(message: string): void {
  notifications.show({ message, color: 'green', icon: <IconCheck size={16} aria-hidden /> });
}

/** Tells in a corner that something could not be done, and what to do next. */
export function showProblem(error: unknown): void {
  const title = error instanceof ApiProblem ? error.title : 'That did not work';
  const lines = error instanceof ApiProblem ? error.errors.map((item) => `${item.path}: ${item.message}`) : [];
  const message = [error instanceof Error ? error.message : String(error), ...lines].join('\n');
  notifications.show({
    title,
    message,
    color: 'red',
    autoClose: 10_000,
    icon: <IconAlertTriangle size={16} aria-hidden />,
    styles: { description: { whiteSpace: 'pre-line' } },
  });
}
