/** Words as the index of a search cuts them: letters, marks, digits and signs of private use. For `match` and `matchAll`, which leave no place behind in it. */
export const indexWords = /[\p{L}\p{M}\p{N}\p{Co}]+/gu
