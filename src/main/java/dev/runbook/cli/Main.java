package dev.runbook.cli;

import dev.runbook.base.ProgramVersion;
import dev.runbook.terminal.CliContext;
import dev.runbook.terminal.ExitCode;
import dev.runbook.terminal.TerminalOutput;
import dev.runbook.terminal.ThisProcess;
import java.io.Console;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.logging.LogManager;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Starts the program: takes what is around it, and ends with an {@link ExitCode}. */
public final class Main {
    /** How long the end of the program waits for a terminal that takes nothing. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private Main() {}

    /** Runs one command. */
    public static void main(String[] arguments) {
        silenceLibraries();
        System.exit(run(arguments).number());
    }

    private static ExitCode run(String[] arguments) {
        try {
            return ThisProcess.terminal()
                    .map(terminal -> runAt(terminal, arguments))
                    .orElseGet(() -> CommandTree.execute(
                            context(System.out, System.err, false, question -> Optional.empty()), arguments));
        } catch (OutOfMemoryError full) {
            System.err.println("There is not enough memory for this: " + full.getMessage()
                    + ". Give the program more, such as java -Xmx2g -jar runbook.jar.");
            return wasCutOff();
        } catch (NoClassDefFoundError gone) {
            System.err.println("A part of the program cannot be read any more (" + gone.getMessage()
                    + "): was the jar removed or replaced? Copy it to a disk of this computer.");
            return wasCutOff();
        } catch (Throwable mistake) {
            System.err.println("This is a mistake in runbook itself, not in your runbook: " + mistake);
            System.err.println("Please report it to the project" + trace(mistake) + ".");
            return wasCutOff();
        }
    }

    private static ExitCode wasCutOff() {
        System.err.println("If a run was under way, its journal is whole: list shows it, and resume goes on with it.");
        return ExitCode.OUR_BUG;
    }

    /** The driver logs to the screen what it answers too. Who wants its log says so with a property of Java. */
    private static void silenceLibraries() {
        if (System.getProperty("java.util.logging.config.file") == null) {
            LogManager.getLogManager().reset();
        }
    }

    /** At a terminal nothing waits until that takes what is written. */
    private static ExitCode runAt(Console terminal, String[] arguments) {
        TerminalOutput output = new TerminalOutput(System::nanoTime);
        try {
            CliContext context = context(
                    output.to(new FileOutputStream(FileDescriptor.out), terminal.charset()),
                    output.to(new FileOutputStream(FileDescriptor.err), terminal.charset()),
                    true,
                    question -> {
                        output.drain(PATIENCE);
                        return Optional.ofNullable(terminal.readPassword("%s: ", question))
                                .map(String::new);
                    });
            return CommandTree.execute(context, arguments);
        } finally {
            output.drain(PATIENCE);
        }
    }

    private static CliContext context(
            PrintStream out, PrintStream err, boolean terminal, Function<String, Optional<String>> hidden) {
        return new CliContext(
                System.in,
                out,
                err,
                System.getenv(),
                Path.of(""),
                terminal,
                new TerminalWidth(System.getenv()),
                CliContext.Language.ofThisComputer(),
                hidden,
                Clock.systemUTC(),
                ThisProcess.actor(ProgramVersion.TEXT));
    }

    private static String trace(Throwable mistake) {
        try {
            Path file = Files.createTempFile("runbook-mistake-", ".txt");
            try (PrintWriter writer = new PrintWriter(Files.newBufferedWriter(file))) {
                mistake.printStackTrace(writer);
            }
            return ", together with " + file;
        } catch (IOException e) {
            // a full disk takes no trace
            mistake.printStackTrace();
            return ", together with what is printed above";
        }
    }

    /**
     * How many columns the terminal has. Picocli knows how to ask, but on Windows; asking starts a process, so what is known is good
     * until the system says that the window has another size, and where it never says so for some seconds.
     */
    static final class TerminalWidth implements IntSupplier {
        private static final int NARROWEST = 40;
        private static final int USUAL = 80;
        private static final long GOOD_FOR_NANOS = 2_000_000_000L;
        private static final Duration PATIENCE = Duration.ofSeconds(3);
        private static final Pattern NUMBER = Pattern.compile(":\\s*(\\d+)");

        private final IntSupplier terminal;
        private final LongSupplier nanos;
        private boolean hears;
        private int known;
        private long asked;
        private boolean asking;

        /**
         * The width of the terminal of this process.
         *
         * @param environment by which Windows tells where its programs lie
         */
        TerminalWidth(Map<String, String> environment) {
            this(
                    () -> File.separatorChar == '\\'
                            ? ofConsole(environment.getOrDefault("SystemRoot", "C:\\Windows"))
                            : probe(),
                    System::nanoTime);
        }

        /** The same of a terminal that is asked otherwise. */
        TerminalWidth(IntSupplier terminal, LongSupplier nanos) {
            this.terminal = terminal;
            this.nanos = nanos;
        }

        @Override
        public synchronized int getAsInt() {
            if (!hears) {
                hears = true;
                ThisProcess.onSignal("WINCH", this::forget);
            }
            boolean old = nanos.getAsLong() - asked > GOOD_FOR_NANOS;
            if (known == 0) {
                keep(terminal.getAsInt());
            } else if (old && !asking) {
                // whoever draws does not wait for it
                asking = true;
                Thread asker = new Thread(() -> keep(terminal.getAsInt()), "width of the terminal");
                asker.setDaemon(true);
                asker.start();
            }
            return known;
        }

        /** Starts the cmd of the system alone, without what the registry has it do first, and shows nothing of what it complains of. */
        private static int ofConsole(String windows) {
            try {
                Process mode = new ProcessBuilder(windows + "\\System32\\cmd.exe", "/d", "/c", "mode con")
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
                mode.getOutputStream().close();
                String said = mode.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                        ? new String(mode.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                        : "";
                mode.destroyForcibly();
                return columns(said);
            } catch (IOException e) {
                return USUAL;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return USUAL;
            }
        }

        /** What {@code mode con} says, in whatever language: lines first, columns second. */
        static int columns(String said) {
            return NUMBER.matcher(said)
                    .results()
                    .skip(1)
                    .findFirst()
                    .map(found -> Integer.parseInt(found.group(1)))
                    .map(columns -> Math.max(NARROWEST, columns))
                    .orElse(USUAL);
        }

        private static int probe() {
            CommandLine probe = new CommandLine(CommandSpec.create());
            probe.setUsageHelpAutoWidth(true);
            return Math.max(NARROWEST, probe.getUsageHelpWidth());
        }

        private synchronized void keep(int columns) {
            known = columns;
            asked = nanos.getAsLong();
            asking = false;
        }

        private synchronized void forget() {
            known = 0;
        }
    }
}
