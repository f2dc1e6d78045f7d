import { describe, expect, it } from '@jest/globals';
import { Roster } from './roster.js';

const visited = (roster: Roster<string>): string[] => {
  const seen: string[] = [];
  roster.forEach((member) => seen.push(member));
  return seen.sort();
};

describe('Roster', () => {
  it('visits those who are there, whoever left before', () => {
    const roster = new Roster<string>();
    const seats = ['a', 'b', 'c', 'd'].map((name) => roster.add(name));
    roster.remove(seats[1]!);
    roster.remove(seats[3]!);
    roster.add('e');

    expect(visited(roster)).toEqual(['a', 'c', 'e']);
    expect(roster.size).toBe(3);
  });

  it('lets nobody else leave when someone leaves twice', () => {
    const roster = new Roster<string>();
    const first = roster.add('a');
    roster.add('b');
    roster.remove(first);
    roster.remove(first);

    expect(visited(roster)).toEqual(['b']);
  });

  it('visits everybody though each leaves at the visit', () => {
    const roster = new Roster<string>();
    const seats = new Map(['a', 'b', 'c'].map((name) => [name, roster.add(name)]));
    const seen: string[] = [];
    roster.forEach((member) => {
      seen.push(member);
      roster.remove(seats.get(member)!);
    });

    expect(seen.sort()).toEqual(['a', 'b', 'c']);
    expect(roster.size).toBe(0);
  });

  it('lets go of those who left', () => {
    const roster = new Roster<number>();
    for (let round = 0; round < 100; round += 1) {
      const seats = Array.from({ length: 50 }, (_, index) => roster.add(index));
      for (const seat of seats) roster.remove(seat);
    }

    expect(roster.size).toBe(0);
  });
});
