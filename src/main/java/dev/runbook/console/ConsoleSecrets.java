package dev.runbook.console;

import dev.runbook.site.SecretReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.function.Function;

/** Secrets from the terminal, from files and from the environment. */
public final class ConsoleSecrets implements SecretReader {
    private final Surroundings surroundings;
    private final Function<String, Optional<String>> hidden;

    /** The secrets that these surroundings can give. */
    public ConsoleSecrets(Surroundings surroundings) {
        this(surroundings, surroundings.hidden());
    }

    /**
     * The same where something else reads what is typed.
     *
     * @param hidden asks a person for something that is typed unseen
     */
    public ConsoleSecrets(Surroundings surroundings, Function<String, Optional<String>> hidden) {
        this.surroundings = surroundings;
        this.hidden = hidden;
    }

    @Override
    public Optional<String> prompt(String question) {
        return surroundings.terminal() ? hidden.apply(question) : Optional.empty();
    }

    @Override
    public Optional<String> file(String path) {
        try (BufferedReader reader = Files.newBufferedReader(surroundings.path(path))) {
            return Optional.ofNullable(reader.readLine());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<String> environment(String name) {
        return Optional.ofNullable(surroundings.environment().get(name));
    }
}
