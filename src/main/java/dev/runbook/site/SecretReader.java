package dev.runbook.site;

import java.util.Optional;

/** Fetches a secret from where the site says that it lies. Every answer is empty when it cannot be had. */
public interface SecretReader {
    /** Asks the person at the terminal, who types unseen; empty when there is none. */
    Optional<String> prompt(String question);

    /** The first line of a file. */
    Optional<String> file(String path);

    /** A variable of the environment. */
    Optional<String> environment(String name);
}
