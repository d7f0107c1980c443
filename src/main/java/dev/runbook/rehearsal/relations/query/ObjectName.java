package dev.runbook.rehearsal.relations.query;

/** PARSENAME, for the embedded database, which calls it by name. */
public final class ObjectName {
    private ObjectName() {}

    /**
     * A part of a name with points in it.
     *
     * @param name up to four parts; null is allowed
     * @param part counted from 1 and from the right
     * @return null where there is no such part, or more than four
     */
    public static String part(String name, int part) {
        if (name == null) {
            return null;
        }
        String[] parts = name.split("\\.", -1);
        boolean there = part >= 1 && part <= parts.length && parts.length <= 4;
        return there && !parts[parts.length - part].isEmpty() ? parts[parts.length - part] : null;
    }
}
