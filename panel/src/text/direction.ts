/** The direction of a field follows what is typed; while it is empty, that of the page, where its hint stands. */
export const directionOf = (text: string): 'auto' | undefined => (text === '' ? undefined : 'auto');
