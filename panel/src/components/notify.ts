import { notifications } from '@mantine/notifications';
import { createElement, type ReactNode } from 'react';
import { toProblem } from '../client/problem';
import { PlainText } from './plain-text';

export function notifySuccess(message: ReactNode): void {
  notifications.show({ message, color: 'pine', autoClose: 5000 });
}

/** Shows a refusal that has no form of its own to stand in. */
export function notifyProblem(thrown: unknown): void {
  const problem = toProblem(thrown);
  if (problem.status === 401) return;
  notifications.show({
    title: createElement(PlainText, { value: problem.title, limit: 120 }),
    message: createElement(PlainText, { value: problem.detail }),
    color: 'brick',
    autoClose: 9000,
  });
}
