/** The place of a member in a roster, by which it leaves. */
export interface Seat<Member> {
  readonly member: Member;
  /** The roster's own affair. */
  index: number;
}

/**
 * Those who are there now, for members that come and go with every request. A `Set` would do the same, but each time it
 * has filled up with deleted entries it leaves a table behind that still points at its successor and at everyone of
 * that moment; once such a table has grown old, requests long over live on until the next full collection.
 */
export class Roster<Member> {
  readonly #seats: Seat<Member>[] = [];

  get size(): number {
    return this.#seats.length;
  }

  add(member: Member): Seat<Member> {
    const seat = { member, index: this.#seats.length };
    this.#seats.push(seat);
    return seat;
  }

  /** Whoever left already is left alone. */
  remove(seat: Seat<Member>): void {
    if (this.#seats[seat.index] !== seat) return;
    const last = this.#seats.pop();
    if (last === undefined || last === seat) return;
    this.#seats[seat.index] = last;
    last.index = seat.index;
  }

  /** Members may leave meanwhile; those who come meanwhile are not visited. */
  forEach(visit: (member: Member) => void): void {
    for (let index = this.#seats.length - 1; index >= 0; index -= 1) {
      const seat = this.#seats[index];
      if (seat !== undefined) visit(seat.member);
    }
  }
}
