import type { MantineColorsTuple } from '@mantine/core';

/** The accent: a deep pine green. Shade 7 carries white text at 5.9:1. */
export const pine: MantineColorsTuple = [
  '#eef8f4',
  '#d9efe6',
  '#b3dfce',
  '#86cbb2',
  '#58b496',
  '#37997c',
  '#248067',
  '#176853',
  '#125443',
  '#0b3d31',
];

/** Neutrals of the light theme, a trace warm. Shade 6 is the dimmed text: 5.6:1 on the page. */
export const stone: MantineColorsTuple = [
  '#f7f7f5',
  '#f0f0ec',
  '#e5e5df',
  '#d6d6cf',
  '#b9bab1',
  '#8b8d85',
  '#62655e',
  '#484b45',
  '#30332e',
  '#1c1e1b',
];

/** Neutrals of the dark theme: 0 is text, 2 dimmed text, 6 a card, 7 the page. */
export const night: MantineColorsTuple = [
  '#dfe3df',
  '#c3c9c4',
  '#a3aba5',
  '#6f7872',
  '#444c47',
  '#323935',
  '#1e2321',
  '#141816',
  '#0f1211',
  '#090b0a',
];

export const amber: MantineColorsTuple = [
  '#fdf6e7',
  '#faeac6',
  '#f4d58d',
  '#edbd50',
  '#e0a427',
  '#c08610',
  '#996709',
  '#7a5108',
  '#5e3f08',
  '#412b05',
];

export const brick: MantineColorsTuple = [
  '#fdf1ef',
  '#fadfda',
  '#f4beb5',
  '#ec9688',
  '#e06d5b',
  '#cd4c38',
  '#b13826',
  '#922c1d',
  '#742418',
  '#501810',
];
