package dev.runbook.ci;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Somebody's project with a folder of runbooks, in which commands are run. */
final class Project {
    private static final Path JAR = Path.of("target/runbook.jar").toAbsolutePath();

    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();

    /** What came of a command. */
    record Result(int exit, String out, String err) {}

    Project(Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder.resolve("runbooks"));
        for (String name : List.of("failover.yaml", "failback.yaml")) {
            Files.copy(Path.of("runbooks", name), folder.resolve("runbooks").resolve(name));
        }
    }

    Path folder() {
        return folder;
    }

    Project withJar() throws IOException {
        Files.copy(jar(), folder.resolve("runbook.jar"));
        return this;
    }

    Project with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** A runbook with one mistake: a variable that is not there. */
    Project withMistake() throws IOException {
        Files.writeString(
                folder.resolve("runbooks/wrong.yaml"),
                "runbook: wrong\nsteps:\n  - step: 1\n    title: Ask\n    confirm: Is {{pool}} lost?\n");
        return this;
    }

    static Path jar() {
        if (!Files.exists(JAR)) {
            throw new IllegalStateException(JAR + " is not there: run mvn package first");
        }
        return JAR;
    }

    Result run(List<String> command) {
        try {
            Path out = Files.createTempFile("out", ".txt");
            Path err = Files.createTempFile("err", ".txt");
            try {
                int exit = run(command, out, err);
                return new Result(exit, Files.readString(out), Files.readString(err));
            } finally {
                Files.delete(out);
                Files.delete(err);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private int run(List<String> command, Path out, Path err) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().putAll(environment);
        Process process =
                builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        process.getOutputStream().close();
        if (!process.waitFor(3, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IllegalStateException("does not end: " + command);
        }
        return process.exitValue();
    }
}
