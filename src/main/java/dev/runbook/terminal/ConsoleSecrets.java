package dev.runbook.terminal;

import dev.runbook.site.SiteBinder;
import dev.runbook.yaml.SourceReader;
import java.util.Optional;
import java.util.function.Function;

/** Secrets from the terminal, from files and from the environment. */
public final class ConsoleSecrets implements SiteBinder.SecretReader {
    private final CliContext context;
    private final Function<String, Optional<String>> hidden;

    /** The secrets that this context can give. */
    public ConsoleSecrets(CliContext context) {
        this(context, context.hidden());
    }

    /**
     * The same where something else reads what is typed.
     *
     * @param hidden asks a person for something that is typed unseen
     */
    public ConsoleSecrets(CliContext context, Function<String, Optional<String>> hidden) {
        this.context = context;
        this.hidden = hidden;
    }

    @Override
    public Optional<String> prompt(String question) {
        return context.terminal() ? hidden.apply(question) : Optional.empty();
    }

    @Override
    public Optional<String> file(String path) {
        return SourceReader.read(context.path(path)).value().map(source -> source.line(1));
    }

    @Override
    public Optional<String> environment(String name) {
        return Optional.ofNullable(context.environment().get(name));
    }
}
