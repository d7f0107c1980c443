package dev.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.journey.Tables;
import dev.runbook.terminal.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Looking at anybody's file is harmless: whatever it says, nothing outside is read, written, started or dialled. The files of
 * {@code src/test/resources/hostile} say what they try; {@code TRAPS} is a folder in which nothing may change, with a program that
 * must not be started, and {@code PORT} one that must not be dialled.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HarmlessLooksTest {
    /** {@code -Dhostile.table=true} writes what each command did into {@code docs/evidence}. */
    private static final boolean TABLE = Boolean.getBoolean("hostile.table");

    private static final Path HOSTILE = Path.of("src/test/resources/hostile");
    private static final String SECRET = "what nobody may be shown";

    @TempDir
    Path folder;

    @TempDir
    Path traps;

    private final AtomicInteger dialled = new AtomicInteger();
    private final List<List<String>> tried = new ArrayList<>();
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
        harmless(
                "rehearse",
                "words-for-other-machines.yaml",
                "--scene",
                folder.resolve("evil.scene.yaml").toString());
    }

    @Test
    void lookingAtARunThatSomebodyPlantedTouchesNothing() throws IOException {
        Files.writeString(
                folder.resolve("plain.yaml"),
                "runbook: plain\n"
                        + "rehearsal: dc1-lost\n"
                        + "steps:\n"
                        + "  - {step: 1, title: t, confirm: {type: GO, message: m}}\n");
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

        tried.add(List.of(
                "`" + String.join(" ", command).replace(folder + "/", "").replaceAll("runs/\\S+", "RUN") + "`",
                result.exit().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                told(result)));
        assertThat(result.exit()).as(result.err()).isNotEqualTo(ExitCode.OUR_BUG);
        assertThat(result.out() + result.err())
                .doesNotContain(SECRET)
                .doesNotContain("\u001b")
                .doesNotContain("\u202e");
    }

    /** Why it came to nothing: the first message that says so. */
    private String told(CommandLineRunner.Result result) {
        String line = Stream.concat(result.err().lines(), result.out().lines())
                .filter(each -> each.matches(
                        ".*(error \\d|outside of its scene|No step |\\[[a-z-]+\\]$|Not as the journal|can only be).*"))
                .findFirst()
                .or(() -> Stream.concat(result.err().lines(), result.out().lines())
                        .filter(each -> !each.isBlank() && !each.startsWith("Using "))
                        .findFirst())
                .orElse("");
        String plain = line.strip()
                .replace(traps.toString(), "TRAPS")
                .replace(folder.toString(), "FOLDER")
                .replace(String.valueOf(listener.getLocalPort()), "PORT")
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT[-:\\d]+Z(-[a-z0-9-]+)?", "RUN")
                .replaceAll("[0-9a-f]{64}", "HASH")
                .replace("|", "\\|");
        return plain.length() <= 160 ? plain : plain.substring(0, 157) + "...";
    }

    @AfterAll
    void tellsWhatTheyDid() throws IOException {
        Tables.tell(
                TABLE,
                "hostile-inputs",
                "Files that mean harm, and what came of looking at them",
                List.of("command", "ended", "what it said first"),
                tried);
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
