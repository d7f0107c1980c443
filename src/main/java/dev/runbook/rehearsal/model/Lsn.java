package dev.runbook.rehearsal.model;

import java.math.BigDecimal;

/**
 * A log sequence number, as {@code numeric(25,0)} shows it. The log of a database only ever grows.
 *
 * @param value a whole number of up to 25 digits
 */
public record Lsn(BigDecimal value) implements Comparable<Lsn> {
    /** Parses digits. */
    public static Lsn parse(String digits) {
        return new Lsn(new BigDecimal(digits));
    }

    /** A small one, for a log that has just begun. */
    public static Lsn of(long number) {
        return new Lsn(BigDecimal.valueOf(number));
    }

    /** This one and so much log after it. */
    public Lsn plus(long distance) {
        return new Lsn(value.add(BigDecimal.valueOf(distance)));
    }

    /** Whether this one comes before the other one. */
    public boolean before(Lsn other) {
        return compareTo(other) < 0;
    }

    /** Whether this one comes after the other one. */
    public boolean after(Lsn other) {
        return compareTo(other) > 0;
    }

    /** The smaller one of both. */
    public Lsn min(Lsn other) {
        return before(other) ? this : other;
    }

    @Override
    public int compareTo(Lsn other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.toPlainString();
    }
}
