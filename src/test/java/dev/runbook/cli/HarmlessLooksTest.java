package dev.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.console.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Looking at anybody's file is harmless: whatever it says, nothing outside is read, written, started or dialled. The files of
 * {@code src/test/resources/hostile} say what they try; {@code TRAPS} is a folder in which nothing may change, with a program that
 * must not be started, and {@code PORT} one that must not be dialled.
 */
class HarmlessLooksTest {
    private static final Path HOSTILE = Path.of("src/test/resources/hostile");
    private static final String SECRET = "what nobody may be shown";

    @TempDir
    Path folder;

    @TempDir
    Path traps;

    private final AtomicInteger dialled = new AtomicInteger();
    private ServerSocket listener;
    private CommandLineRunner runner;
    private Map<String, String> before;

    @BeforeEach
    void setsTraps() throws IOException {
        listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread counting = new Thread(this::count);
        counting.setDaemon(true);
        counting.start();
        Files.writeString(traps.resolve("victim.txt"), SECRET);
        Path program =
                Files.writeString(traps.resolve("program"), "#!/bin/sh\ntouch " + traps.resolve("started") + "\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        for (Path file : hostile().toList()) {
            String text = Files.readString(file)
                    .replace("TRAPS", traps.toString())
                    .replace("PORT", String.valueOf(listener.getLocalPort()));
            Files.writeString(folder.resolve(file.getFileName().toString()), text);
        }
        runner = new CommandLineRunner(folder);
        before = contents();
    }

    @AfterEach
    void looksAtTheTraps() throws IOException {
        assertThat(contents()).isEqualTo(before);
        assertThat(dialled).hasValue(0);
        listener.close();
    }

    static Stream<Path> hostile() throws IOException {
        try (Stream<Path> files = Files.list(HOSTILE)) {
            return files.sorted().toList().stream();
        }
    }

    static Stream<Path> runbooks() throws IOException {
        return hostile().filter(file -> !file.toString().endsWith(".scene.yaml"));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void lintExplainAndPlanTouchNothing(Path file) {
        String name = file.getFileName().toString();

        harmless("lint", "--format", "text", "--format", "sarif=out.sarif", "--", name);
        harmless("explain", name);
        harmless("plan", name);
        harmless("plan", name, "--site-template");
    }

    @ParameterizedTest
    @MethodSource("runbooks")
    void aRehearsalTouchesNothing(Path file) {
        harmless("rehearse", file.getFileName().toString());
    }

    @Test
    void noSceneMovesOrDeletesFilesOfSomebodyElse() {
        harmless("rehearse", "words-that-move-the-cursor.yaml", "--scene", "evil.scene.yaml");
    }

    @Test
    void lookingAtARunThatSomebodyPlantedTouchesNothing() throws IOException {
        Files.writeString(
                folder.resolve("plain.yaml"),
                "runbook: plain\nrehearsal: dc1-lost\nsteps:\n  - {step: 1, title: t, confirm: {type: GO, message: m}}\n");
        runner.run("rehearse", "plain.yaml", "--runs", "runs");
        Path run;
        try (Stream<Path> runs = Files.list(folder.resolve("runs"))) {
            run = runs.filter(Files::isDirectory).findFirst().orElseThrow();
        }
        Files.writeString(run.resolve("site.yaml"), "shell: {program: '" + traps.resolve("program") + "'}\n");
        Files.writeString(run.resolve("runbook.yaml"), Files.readString(folder.resolve("a-program-of-its-own.yaml")));
        String name = "runs/" + run.getFileName();

        harmless("status", name);
        harmless("list");
        harmless("report", name);
        harmless("verify-journal", name);
    }

    @Test
    void theTrapsWouldCatchWhoeverStepsIntoThem() throws IOException, InterruptedException {
        Files.writeString(traps.resolve("victim.txt"), "changed");
        try (var dialler = new Socket(InetAddress.getLoopbackAddress(), listener.getLocalPort())) {
            assertThat(dialler.getInputStream().read()).isEqualTo(-1);
        }
        new ProcessBuilder(traps.resolve("program").toString()).start().waitFor();

        assertThat(contents()).isNotEqualTo(before).containsKey("started");
        assertThat(dialled).hasValue(1);
        Files.delete(traps.resolve("started"));
        Files.writeString(traps.resolve("victim.txt"), SECRET);
        dialled.set(0);
    }

    private void harmless(String... command) {
        CommandLineRunner.Result result = runner.run(command);

        assertThat(result.exit()).as(result.err()).isNotEqualTo(ExitCode.OUR_BUG);
        assertThat(result.out() + result.err())
                .doesNotContain(SECRET)
                .doesNotContain("\u001b")
                .doesNotContain("\u202e");
    }

    private void count() {
        while (!listener.isClosed()) {
            try {
                listener.accept().close();
                dialled.incrementAndGet();
            } catch (IOException closed) {
                return;
            }
        }
    }

    private Map<String, String> contents() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(traps)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(traps.relativize(file).toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return contents;
    }
}
