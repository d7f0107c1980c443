package dev.runbook.cli;

import dev.runbook.event.Actor;
import dev.runbook.terminal.CliContext;
import dev.runbook.terminal.ExitCode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Runs commands in this process: arguments in; exit code, output and messages out. */
final class CommandLineRunner {
    static final Instant NOW = Instant.parse("2026-11-21T03:12:09Z");

    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();
    private final Clock clock;
    private final String user;
    private Optional<PrintStream> printed = Optional.empty();

    CommandLineRunner(Path folder) {
        this(folder, new TickingClock(NOW), "jdoe");
    }

    private CommandLineRunner(Path folder, Clock clock, String user) {
        this.folder = folder;
        this.clock = clock;
        this.user = user;
    }

    /** The same, where another account gives the commands. */
    CommandLineRunner as(String account) {
        return new CommandLineRunner(folder, clock, account);
    }

    /** The same, so much later. */
    CommandLineRunner later(Duration time) {
        return new CommandLineRunner(folder, new TickingClock(NOW.plus(time)), user);
    }

    /** What came of a command. */
    record Result(ExitCode exit, String out, String err) {}

    CommandLineRunner with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** The next commands print there. */
    CommandLineRunner to(PrintStream stream) {
        printed = Optional.of(stream);
        return this;
    }

    Result run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        CliContext context = new CliContext(
                new ByteArrayInputStream(new byte[0]),
                printed.orElseGet(() -> new PrintStream(out, true, StandardCharsets.UTF_8)),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                environment,
                folder,
                false,
                () -> 0,
                CliContext.Language.ENGLISH,
                question -> Optional.empty(),
                clock,
                new Actor(user, "jump1", 42, "0.1.0"));
        ExitCode exit = CommandTree.execute(context, arguments);
        return new Result(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
