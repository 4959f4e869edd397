/** Version of the record shapes in the table; a reader refuses what is newer than itself. */
export const schemaVersion = 1;
