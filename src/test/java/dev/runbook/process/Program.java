package dev.runbook.process;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process that was started, with all that it has printed so far, messages included. */
final class Program implements AutoCloseable {
    /** Long, for the machine may be busy; nothing here waits to its end unless something is wrong. */
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private static final Path JAR = Path.of("target", "runbook.jar").toAbsolutePath();

    private final Process process;
    private final BufferedWriter keyboard;
    private final StringBuilder printed = new StringBuilder();
    private boolean silent;

    /**
     * A shell that runs the tests in the background, or {@code nohup}, lets them and all that they start ignore Ctrl-C and a
     * closed window. Where {@code env} can mend that, it does.
     */
    private static final List<String> HEARING = hearing(List.of("env", "--default-signal=INT,HUP"));

    private Program(Process process) {
        this.process = process;
        this.keyboard = process.outputWriter(StandardCharsets.UTF_8);
        Thread ear = new Thread(this::listen, "program-output");
        ear.setDaemon(true);
        ear.start();
    }

    private static List<String> hearing(List<String> prefix) {
        List<String> trial = new ArrayList<>(prefix);
        trial.add("true");
        try {
            return new ProcessBuilder(trial).start().waitFor() == 0 ? prefix : List.of();
        } catch (IOException e) {
            return List.of();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How a process ended: its exit code, and all that it printed. */
    record Ended(int exit, String printed) {}

    /** The command line of the packaged program. It is told to start fast, for it lives for seconds. */
    static List<String> line(String... arguments) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> line =
                new ArrayList<>(List.of(java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", JAR.toString()));
        line.addAll(List.of(arguments));
        return line;
    }

    /** Starts a command in a folder. */
    static Program start(Path folder, List<String> line) {
        try {
            List<String> hearing = new ArrayList<>(HEARING);
            hearing.addAll(line);
            return new Program(new ProcessBuilder(hearing)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Types a line. */
    void type(String line) {
        try {
            keyboard.write(line + "\n");
            keyboard.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until a text was printed. */
    Program await(String text) {
        until(text, 0);
        return this;
    }

    /** Types a line and waits for a text behind it; what was printed up to there. */
    String ask(String line, String end) {
        int before = printed().length();
        type(line);
        int behind = until(end, before);
        return printed().substring(before, behind);
    }

    /** Sends a signal, such as {@code INT}. */
    void signal(String name) {
        signal(name, String.valueOf(process.pid()));
    }

    /** Sends a signal to a process group, as a terminal does. */
    void signalAll(String name) {
        signal(name, "-" + process.pid());
    }

    private static void signal(String name, String whom) {
        Program kill = start(Path.of("."), List.of("kill", "-" + name, "--", whom));
        if (kill.end().exit() != 0) {
            throw new IllegalStateException(kill.printed());
        }
    }

    /** Ends it as a power cut would. */
    void kill() {
        process.destroyForcibly();
        end();
    }

    /** Whether it has not ended. */
    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for its end. */
    Ended end() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("It does not end. It printed:\n" + printed());
            }
            synchronized (printed) {
                // whoever inherited its output may hold it open
                printed.wait(silent ? 1 : 1000);
            }
            return new Ended(process.exitValue(), printed());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** All that it has printed. */
    String printed() {
        synchronized (printed) {
            return printed.toString();
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** Where the text is, searched from there on. */
    private int until(String text, int from) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        synchronized (printed) {
            int found = printed.indexOf(text, from);
            while (found < 0) {
                if (silent || System.nanoTime() > deadline) {
                    throw new AssertionError("It did not print \"" + text + "\", but:\n" + printed);
                }
                waitForMore();
                found = printed.indexOf(text, from);
            }
            return found;
        }
    }

    private void waitForMore() {
        try {
            printed.wait(1000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private void listen() {
        char[] piece = new char[8192];
        try (Reader reader = new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)) {
            for (int count = reader.read(piece); count >= 0; count = reader.read(piece)) {
                synchronized (printed) {
                    printed.append(piece, 0, count);
                    printed.notifyAll();
                }
            }
        } catch (IOException e) {
            // the process was killed, and its output with it
        }
        synchronized (printed) {
            silent = true;
            printed.notifyAll();
        }
    }
}
