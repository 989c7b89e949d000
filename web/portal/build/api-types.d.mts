export const contract: string;
export const target: string;
export function typesOfContract(): Promise<string>;
export function committedTypes(): string;
