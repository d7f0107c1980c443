package dev.runbook.terminal;

import dev.runbook.site.SiteBinder;
import dev.runbook.yaml.SourceReader;
import java.util.Optional;
import java.util.function.Function;

/** Secrets from the terminal, from files and from the environment. */
public final class ConsoleSecrets implements SiteBinder.SecretReader {
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
        return SourceReader.read(surroundings.path(path)).value().map(source -> source.line(1));
    }

    @Override
    public Optional<String> environment(String name) {
        return Optional.ofNullable(surroundings.environment().get(name));
    }
}
