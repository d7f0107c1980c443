package dev.runbook.process;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process that was started, with all that it has printed so far, messages included. */
final class Program implements AutoCloseable {
    /** Long, for the machine may be busy; nothing here waits to its end unless something is wrong. */
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private static final Path JAR = Path.of("target", "runbook.jar").toAbsolutePath();
    private static final List<String> FAST = fast();

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
        List<String> line = new ArrayList<>(FAST);
        line.addAll(List.of("-jar", JAR.toString()));
        line.addAll(List.of(arguments));
        return line;
    }

    /**
     * An archive of the classes that the program loads saves each start a fifth of its time. It is made anew where the jar is
     * newer, by one of the processes that test at the same time. Java leaves one aside that does not fit, and is told to be
     * silent about that.
     */
    private static List<String> fast() {
        Path archive = JAR.resolveSibling("runbook-tests.jsa");
        List<String> java =
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1");
        List<String> line = new ArrayList<>(java);
        line.addAll(List.of("-XX:+UseSerialGC", "-Xlog:disable", "-Xshare:auto", "-XX:SharedArchiveFile=" + archive));
        try (FileChannel turn = FileChannel.open(
                JAR.resolveSibling("runbook-tests.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            // ends with the channel
            turn.lock();
            if (!Files.exists(archive)
                    || Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(JAR)) < 0) {
                Files.deleteIfExists(archive);
                List<String> making = new ArrayList<>(java);
                making.addAll(List.of("-XX:+UseSerialGC", "-XX:ArchiveClassesAtExit=" + archive));
                making.addAll(List.of("-jar", JAR.toString(), "rehearse", "failover.yaml"));
                new ProcessBuilder(making)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor();
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
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
