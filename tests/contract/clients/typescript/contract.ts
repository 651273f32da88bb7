// What the compiler must find in the contract: no operation without an answer, no error without its type.
import type { operations } from "./schema.js";

type Responses<O> = O extends { responses: infer R } ? R : never;
type Problem<R> = R extends { content: { "application/problem+json": infer P } } ? P : never;
type IsUnknown<T> = unknown extends T ? true : false;
type Good<R> = { [S in keyof R]: S extends 200 | 201 | 202 | 204 ? S : never }[keyof R];

// The operations of which some error is unknown, or has a code that is any string.
type Untyped = {
  [Id in keyof operations]: {
    [Status in keyof Responses<operations[Id]>]: Problem<Responses<operations[Id]>[Status]> extends infer P
      ? [P] extends [never]
        ? never
        : IsUnknown<P> extends true
          ? Id
          : P extends { code: infer C }
            ? string extends C
              ? Id
              : never
            : Id
      : never;
  }[keyof Responses<operations[Id]>];
}[keyof operations];

// The operations that answer nothing when all is well.
type Silent = { [Id in keyof operations]: [Good<Responses<operations[Id]>>] extends [never] ? Id : never }[keyof operations];

// The operations whose good answer has a body that nothing is known of.
type Shapeless = {
  [Id in keyof operations]: {
    [Status in Good<Responses<operations[Id]>>]: Responses<operations[Id]>[Status] extends { content: infer C }
      ? { [Kind in keyof C]: IsUnknown<C[Kind]> extends true ? Id : never }[keyof C]
      : never;
  }[Good<Responses<operations[Id]>>];
}[keyof operations];

type None<T extends never> = T;
export type Checked = [None<Untyped>, None<Silent>, None<Shapeless>];
