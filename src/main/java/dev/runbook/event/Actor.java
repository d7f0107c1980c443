package dev.runbook.event;

import java.util.Optional;

/**
 * Who works on a run.
 *
 * @param user the account
 * @param host the computer
 * @param process the process id
 * @param version of this program
 * @param person for whom that account works, as it says itself; empty where it says nothing
 */
public record Actor(String user, String host, long process, String version, Optional<String> person) {
    /** Journals of earlier versions know the account alone. */
    public Actor {
        person = person == null ? Optional.empty() : person;
    }

    /** An account that works for itself. */
    public Actor(String user, String host, long process, String version) {
        this(user, host, process, version, Optional.empty());
    }

    /** The same account, working for a person. */
    public Actor on(String behalf) {
        return new Actor(user, host, process, version, Optional.of(behalf));
    }

    /** {@code user@host}, or {@code alice, as user@host}. */
    public String name() {
        String account = user + "@" + host;
        return person.map(who -> who + ", as " + account).orElse(account);
    }
}
