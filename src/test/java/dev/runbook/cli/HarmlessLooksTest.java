package dev.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.runbook.journey.Tables;
import dev.runbook.terminal.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Looking at anybody's file is harmless: whatever it says, nothing outside is read, written, started or dialled. The files of
 * {@code src/test/resources/hostile} say what they try; {@code TRAPS} is a folder in which nothing may change, with a program that
 * must not be started, and {@code PORT} one that must not be dialled. In the current folder nothing may change either, and programs
 * lie there that bear the names of those which are started elsewhere.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HarmlessLooksTest {
    /** {@code -Dhostile.table=true} writes what each command did into {@code docs/evidence}. */
    private static final boolean TABLE = Boolean.getBoolean("hostile.table");

    private static final Path HOSTILE = Path.of("src/test/resources/hostile");
    private static final String SECRET = "what nobody may be shown";

    /** A look that waits for a pipe never ends. */
    private static final Duration SOON = Duration.ofSeconds(30);

    /** So long somebody may take who dials in the background. */
    private static final Duration LATE = Duration.ofSeconds(2);

    private static final List<String> PROGRAMS =
            List.of("powershell", "powershell.exe", "pwsh", "java", "git", "mssql-jdbc_auth-x64.dll");

    private static final String PLAIN = """
        runbook: plain
        rehearsal: dc1-lost
        steps:
          - {step: 1, title: t, confirm: {type: GO, message: m}}
        """;

    private static final String VALUES = """
        runbook: values
        variables:
          one: {type: sql-server, description: a server}
          shell: {type: powershell, description: a shell}
          share: {type: path, description: a folder}
          name: {type: text, description: a text}
          word: {type: secret, description: a secret}
        steps:
          - {step: 1, title: 'Ask {{name}}', require: [answer from one, answer from the share], confirm: '{{share}}?'}
          - step: 2
            title: Send
            server: one
            sql: BACKUP DATABASE [master] TO DISK = N'{{share}}' WITH INIT
            retry: 2
            rollback: {not-needed: x}
          - step: 3
            title: Switch
            cmdlet: Set-CsPersistentChatState
            parameters: {Identity: '{{name}}', PoolState: Normal}
            retry: 2
            rollback: {not-needed: x}
          - step: 4
            title: Copy
            copy-files: {from: '{{share}}', to: '{{share}}', include: '*.txt'}
            retry: 2
            rollback: {not-needed: x}
        facts:
          answer from one: {reachable: one}
          answer from the share: {reachable: share}
        """;

    @TempDir
    Path folder;

    @TempDir
    Path traps;

    private final AtomicInteger dialled = new AtomicInteger();
    private final List<List<String>> tried = new ArrayList<>();
    private ServerSocket listener;
    private CommandLineRunner runner;
    private Map<String, String> before;

    /** What is special about the files of a command, for the table. */
    private String kind = "";

    @BeforeAll
    void listens() throws IOException {
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread counting = new Thread(this::count);
        counting.setDaemon(true);
        counting.start();
    }

    @BeforeEach
    void setsTraps() throws IOException {
        Files.writeString(traps.resolve("victim.txt"), SECRET);
        String script = "#!/bin/sh\ntouch " + traps.resolve("started") + "\n";
        executable(traps.resolve("program"), script);
        for (String name : PROGRAMS) {
            executable(folder.resolve(name), script);
        }
        for (Path file : files("").toList()) {
            String text = Files.readString(file)
                    .replace("TRAPS", traps.toString())
                    .replace("PORT", String.valueOf(listener.getLocalPort()));
            Files.writeString(folder.resolve(file.getFileName().toString()), text);
        }
        Files.writeString(folder.resolve("plain.yaml"), PLAIN);
        Files.writeString(folder.resolve("values.yaml"), VALUES);
        runner = new CommandLineRunner(folder).with("DEPLOY_TOKEN", SECRET);
        kind = "";
        before = contents();
    }

    private static void executable(Path file, String script) throws IOException {
        assertThat(Files.writeString(file, script).toFile().setExecutable(true)).isTrue();
    }

    @AfterEach
    void looksAtTheTraps() throws IOException {
        assertThat(contents()).isEqualTo(before);
        assertThat(dialledSoFar()).isZero();
    }

    /** Who has dialled before this knocks has been counted when this is counted. */
    private int dialledSoFar() throws IOException {
        try (Socket knock = new Socket(InetAddress.getLoopbackAddress(), listener.getLocalPort())) {
            assertThat(knock.getInputStream().read()).isEqualTo(-1);
        }
        return dialled.decrementAndGet();
    }

    @AfterAll
    void nobodyDialsAfterwards() throws IOException, InterruptedException {
        Thread.sleep(LATE.toMillis());
        assertThat(dialledSoFar()).isZero();
        listener.close();
    }

    static Stream<Path> files(String end) throws IOException {
        try (Stream<Path> files = Files.list(HOSTILE)) {
            return files.filter(file -> file.toString().endsWith(end)).sorted().toList().stream();
        }
    }

    static Stream<Path> hostile() throws IOException {
        return files(".yaml");
    }

    static Stream<Path> siteFiles() throws IOException {
        return files(".site.yaml");
    }

    static Stream<Path> runbooks() throws IOException {
        return hostile().filter(file -> !file.toString().matches(".*\\.(scene|site)\\.yaml"));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void lintExplainAndPlanTouchNothing(Path file) throws IOException {
        String name = file.getFileName().toString();

        harmless("lint", "--format", "text", "--format", "sarif=out.sarif", "--", name);
        Files.delete(folder.resolve("out.sarif"));
        harmless("explain", name);
        harmless("plan", name);
        harmless("plan", name, "--site-template");
    }

    @ParameterizedTest
    @MethodSource("siteFiles")
    void aPlanWithTheValuesOfSomebodyTouchesNothing(Path file) {
        harmless("plan", "values.yaml", "--vars", file.getFileName().toString());
        harmless(
                "plan",
                "values.yaml",
                "--format",
                "json",
                "--vars",
                file.getFileName().toString());
    }

    @ParameterizedTest
    @MethodSource("runbooks")
    void aRehearsalTouchesNothing(Path file) throws IOException {
        harmless("rehearse", file.getFileName().toString());
    }

    @Test
    void noSceneMovesOrDeletesFilesOfSomebodyElse() throws IOException {
        harmless(
                "rehearse",
                "words-for-other-machines.yaml",
                "--scene",
                folder.resolve("evil.scene.yaml").toString());
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the pipes are those of POSIX")
    void aPlanReadsNoSecretAndWaitsForNone() throws IOException {
        Instead.PIPE.put(folder.resolve("word"), folder, traps);
        Files.writeString(
                folder.resolve("wait.site.yaml"),
                "{one: s, shell: {modules: [Lync]}, share: x, name: x, word: {file: word}}\n");
        before = contents();

        harmless("plan", "values.yaml", "--vars", "wait.site.yaml");
        harmless("plan", "values.yaml", "--vars", "wait.site.yaml", "--format", "json");
    }

    /** What lies there in place of a file. */
    enum Instead {
        LINK_OUT {
            @Override
            void put(Path place, Path folder, Path traps) throws IOException {
                Files.createSymbolicLink(place, traps.resolve("victim.txt"));
            }
        },
        LINK_TO_HIDDEN {
            @Override
            void put(Path place, Path folder, Path traps) throws IOException {
                Path hidden = Files.createDirectories(folder.resolve(".git")).resolve("config.yaml");
                Files.writeString(hidden, SECRET);
                Files.createSymbolicLink(place, hidden);
            }
        },
        DEVICE {
            @Override
            void put(Path place, Path folder, Path traps) throws IOException {
                Files.createSymbolicLink(place, Path.of("/dev/zero"));
            }
        },
        TERMINAL {
            @Override
            void put(Path place, Path folder, Path traps) throws IOException {
                Files.createSymbolicLink(place, Path.of("/dev/tty"));
            }
        },
        PIPE {
            @Override
            void put(Path place, Path folder, Path traps) throws IOException {
                try {
                    assertThat(new ProcessBuilder("mkfifo", place.toString())
                                    .start()
                                    .waitFor())
                            .isZero();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
        };

        abstract void put(Path place, Path folder, Path traps) throws IOException;
    }

    @ParameterizedTest
    @EnumSource
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the links, pipes and devices are those of POSIX")
    void whatOnlyLooksLikeAFileIsNotRead(Instead instead) throws IOException {
        instead.put(folder.resolve("a.yaml"), folder, traps);
        instead.put(folder.resolve("plain.zh-TW.yaml"), folder, traps);
        before = contents();
        kind = instead.name().toLowerCase(Locale.ROOT).replace('_', ' ') + ": ";

        harmless("lint", "a.yaml");
        harmless("lint", "plain.yaml", "plain.zh-TW.yaml");
        harmless("lint", ".");
        harmless("lint", "--fix", "a.yaml");
        harmless("lint", "plain.yaml", "--baseline", "a.yaml");
        harmless("lint", "plain.yaml", "--cmdlets", "a.yaml");
        harmless("explain", "a.yaml");
        harmless("explain", "a");
        harmless("explain", "plain.yaml");
        harmless("--language", "zh-TW", "explain", "plain.yaml");
        harmless("plan", "a.yaml");
        harmless("plan", "plain.yaml");
        harmless("plan", "plain.yaml", "--vars", "a.yaml");
        harmless("rehearse", "a.yaml");
        harmless("rehearse", "plain.yaml", "--scene", folder.resolve("a.yaml").toString());
    }

    @ParameterizedTest
    @EnumSource
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the links, pipes and devices are those of POSIX")
    void norIsItInTheFolderOfARun(Instead instead) throws IOException {
        Path run = rehearsed();
        String all = instead.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        int rows = tried.size();
        for (String name : List.of(
                "journal.jsonl",
                "journal.jsonl.last",
                "runbook.yaml",
                "runbook.zh-TW.yaml",
                "runbook.yaml.new",
                "site.yaml",
                "site.yaml.9.new",
                "lock",
                "lock.owner",
                "lock-2")) {
            Path file = run.resolve(name);
            Path aside = folder.resolve("aside");
            if (Files.exists(file)) {
                Files.move(file, aside);
            }
            instead.put(file, folder, traps);
            before = contents();
            kind = all + " as " + name;

            looks("runs/" + run.getFileName());

            assertThat(contents()).isEqualTo(before);
            Files.delete(file);
            if (Files.exists(aside)) {
                Files.move(aside, file);
            }
        }
        before = contents();
        condense(rows, all + " in place of each file in the folder of a run");
    }

    /** One row in place of those since then. */
    private void condense(int rows, String what) {
        List<List<String>> since = tried.subList(rows, tried.size());
        String ends = since.stream().map(row -> row.get(1)).distinct().sorted().collect(Collectors.joining(", "));
        since.clear();
        tried.add(List.of(what + ": `status`, `list`, `report`, `verify-journal`", ends, ""));
    }

    @Test
    void lookingAtARunThatSomebodyPlantedTouchesNothing() throws IOException {
        Path run = rehearsed();
        Files.writeString(run.resolve("site.yaml"), "shell: {program: '" + traps.resolve("program") + "'}\n");
        Files.writeString(run.resolve("runbook.yaml"), Files.readString(folder.resolve("a-program-of-its-own.yaml")));
        before = contents();

        looks("runs/" + run.getFileName());
    }

    @ParameterizedTest
    @MethodSource("runbooks")
    void norDoesOneWhoseHashesFit(Path hostile) throws IOException {
        Path run = rehearsed();
        int rows = tried.size();
        Path runbook = run.resolve("runbook.yaml");
        Path site = run.resolve("site.yaml");
        String digests = "[0-9a-f]{64}";
        Files.copy(folder.resolve(hostile.getFileName()), runbook, StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(
                site,
                "shell: {program: '" + traps.resolve("program") + "'}\n"
                        + "one: {server: '127.0.0.1," + listener.getLocalPort()
                        + "', authentication: sql, user: sa, password: {file: '" + traps.resolve("victim.txt") + "'}}\n"
                        + "word: {environment: DEPLOY_TOKEN}\n");
        List<String> forged = new ArrayList<>();
        for (String line : Files.readAllLines(run.resolve("journal.jsonl"))) {
            String body = line.substring(0, line.lastIndexOf(",\"hash\":")) + "}";
            forged.add(body.replaceAll("\"file\":\"[^\"]*\"", "\"file\":\"" + traps.resolve("victim.txt") + "\"")
                            .replaceAll("\"digest\":\"" + digests, "\"digest\":\"" + digest(runbook))
                            .replaceAll("\"runbook.yaml\":\"" + digests, "\"runbook.yaml\":\"" + digest(runbook))
                            .replaceAll("\"site.yaml\":\"" + digests, "\"site.yaml\":\"" + digest(site))
                            .replace("\"message\":\"", "\"message\":\"\\u001b[2K\\u202e\\r\\n::error::")
                            .replace("\"text\":\"", "\"text\":\"\\u001b[2K\\u202e<script src='http://x/'></script>")
                    + ",\"hash\":");
        }
        Files.write(run.resolve("journal.jsonl"), FuzzTest.sealed(forged));
        String sealed = Files.readString(run.resolve("journal.jsonl"));
        Files.writeString(
                run.resolve("journal.jsonl.last"),
                "%019d %s%n".formatted(forged.size(), sealed.substring(sealed.length() - 67, sealed.length() - 3)));
        before = contents();

        looks("runs/" + run.getFileName());

        condense(rows, "a forged run of " + hostile.getFileName() + ", whose hashes fit");
        assertThat(runner.run("verify-journal", "runs/" + run.getFileName()).exit())
                .as("the forgery is as good as it can be")
                .isEqualTo(ExitCode.DONE);
    }

    @Test
    void aFolderOfRunsThatIsALinkIsLookedAtAndNotWrittenTo() throws IOException {
        Path run = rehearsed();
        Files.createSymbolicLink(folder.resolve("linked"), folder.resolve("runs"));
        Files.createSymbolicLink(folder.resolve("runs/linked"), run);
        before = contents();
        kind = "through a link: ";

        looks("linked/" + run.getFileName());
        looks("runs/linked");
        harmless("list", "--runs", "linked");
    }

    private void looks(String run) {
        harmless("status", run);
        harmless("status", run, "--format", "json");
        harmless("list");
        harmless("report", run);
        harmless("verify-journal", run);
    }

    /** The folder of a run that was a rehearsal of something harmless. */
    private Path rehearsed() throws IOException {
        runner.run("rehearse", "plain.yaml", "--runs", "runs");
        try (Stream<Path> runs = Files.list(folder.resolve("runs"))) {
            return runs.filter(Files::isDirectory).findFirst().orElseThrow();
        }
    }

    private static String digest(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theTrapsWouldCatchWhoeverStepsIntoThem() throws IOException, InterruptedException {
        Files.writeString(traps.resolve("victim.txt"), "changed");
        Files.writeString(folder.resolve("plain.yaml"), "changed");
        try (var dialler = new Socket(InetAddress.getLoopbackAddress(), listener.getLocalPort())) {
            assertThat(dialler.getInputStream().read()).isEqualTo(-1);
        }
        new ProcessBuilder(folder.resolve("powershell").toString()).start().waitFor();

        assertThat(contents())
                .isNotEqualTo(before)
                .containsKey(traps.resolve("started").toString());
        assertThat(dialledSoFar()).isEqualTo(1);
        Files.delete(traps.resolve("started"));
        Files.writeString(traps.resolve("victim.txt"), SECRET);
        Files.writeString(folder.resolve("plain.yaml"), PLAIN);
        dialled.set(0);
    }

    private void harmless(String... command) {
        CommandLineRunner.Result result =
                assertTimeoutPreemptively(SOON, () -> runner.run(command), () -> kind + String.join(" ", command));

        tried.add(List.of(
                kind + "`" + String.join(" ", command).replace(folder + "/", "").replaceAll("(runs|linked)/\\S+", "RUN")
                        + "`",
                result.exit().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                told(result)));
        assertThat(result.exit()).as(result.err()).isNotEqualTo(ExitCode.OUR_BUG);
        assertThat(result.out() + result.err())
                .as(kind + String.join(" ", command))
                .doesNotContain(SECRET)
                .doesNotContain("\u001b")
                .doesNotContain("\u202e");
    }

    /** Why it came to nothing: the first message that says so. */
    private String told(CommandLineRunner.Result result) {
        String line = Stream.concat(result.err().lines(), result.out().lines())
                .filter(each ->
                        each.matches(".*(error \\d|outside of its scene|is not read|No step |\\[[a-z-]+\\]$|Not as the"
                                + " journal|can only be).*"))
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
                Socket caller = listener.accept();
                dialled.incrementAndGet();
                caller.close();
            } catch (IOException closed) {
                return;
            }
        }
    }

    /** What lies in the folder of traps and in the current one: files with what they hold, links with where they lead. */
    private Map<String, String> contents() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        for (Path place : List.of(traps, folder)) {
            try (Stream<Path> files = Files.walk(place)) {
                for (Path file : files.toList()) {
                    contents.put(file.toString(), content(file));
                }
            }
        }
        return contents;
    }

    private static String content(Path file) throws IOException {
        if (Files.isSymbolicLink(file)) {
            return "a link to " + Files.readSymbolicLink(file);
        }
        return Files.isRegularFile(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "no file";
    }
}
