import { p } from '@mikro-orm/core';
import { v7 } from 'uuid';

/** A new id: UUID v7, made here because PostgreSQL 15 has no `uuidv7()`. */
export const newId = (): string => v7();

/** Columns that most tables share. */
export const id = () => p.uuid().primary();
export const timestamp = () => p.datetime().columnType('timestamptz');
/** A decimal that must never become a float; read and written as a string. */
export const decimal = () => p.decimal('string').columnType('numeric');
