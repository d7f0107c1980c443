package dev.runbook.rehearsal.model;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Where the contents of a database come from: the family that CREATE DATABASE founded, and every recovery fork on the way.
 * Each recovery of a restored database begins a new fork (RecoveryForkID of RESTORE HEADERONLY).
 *
 * @param family survives backup and restore (FamilyGUID)
 * @param forks oldest first, never empty; the last one is the current one
 */
public record Lineage(UUID family, List<Fork> forks) {
    /** Copies the forks. */
    public Lineage {
        forks = List.copyOf(forks);
        if (forks.isEmpty()) {
            throw new IllegalArgumentException("a database has at least the fork that it was created with");
        }
    }

    /**
     * A branch of history.
     *
     * @param id a new one for each recovery
     * @param from where it begins
     */
    public record Fork(UUID id, Lsn from) {}

    /** A new family with its first fork. */
    public static Lineage founded(UUID family, UUID fork, Lsn from) {
        return new Lineage(family, List.of(new Fork(fork, from)));
    }

    /** The fork that is written to. */
    public Fork current() {
        return forks.get(forks.size() - 1);
    }

    /** The fork to which the log at this point belongs. */
    public Fork at(Lsn point) {
        Fork found = forks.get(0);
        for (Fork fork : forks) {
            if (!fork.from().after(point)) {
                found = fork;
            }
        }
        return found;
    }

    /** This one after a recovery at that point. */
    public Lineage forked(UUID id, Lsn from) {
        List<Fork> more = new ArrayList<>(forks);
        more.add(new Fork(id, from));
        return new Lineage(family, more);
    }

    /** Whether both are of one family and went the same way until that point. */
    public boolean agrees(Lineage other, Lsn until) {
        return family.equals(other.family) && before(until).equals(other.before(until));
    }

    private List<Fork> before(Lsn until) {
        return forks.stream().filter(fork -> fork.from().before(until)).toList();
    }
}
