package dev.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.terminal.ExitCode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a file holds, every command that reads it ends soon, says where it is wrong, and never speaks of exceptions. */
class HostileFilesTest {
    private static final String HEAD = "runbook: x\ntitle: t\nsteps:\n";
    private static final String STEP = "  - step: 1\n    title: Ask\n    confirm: Go on?\n";
    private static final String SQL = HEAD + "  - step: 1\n    title: t\n    server: s\n    sql: |\n";
    private static final String[] FORMATS = {"json", "jsonl", "sarif", "github", "gitlab", "junit", "checkstyle"};

    @TempDir
    Path folder;

    private record Hostile(String name, byte[] bytes) {
        static Hostile of(String name, String text) {
            return new Hostile(name, text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Hostile> files() {
        return Stream.of(
                new Hostile("no UTF-8", new byte[] {'a', ':', ' ', (byte) 0xE4, '\n'}),
                new Hostile("UTF-16", (HEAD + STEP).getBytes(StandardCharsets.UTF_16)),
                Hostile.of("empty", ""),
                Hostile.of("NUL", HEAD + STEP.replace("Ask", "A\u0000k")),
                Hostile.of("nothing but NUL", "\u0000".repeat(100_000)),
                Hostile.of("one line", "a".repeat(1_000_000)),
                Hostile.of("more than one MB", "# long\n".repeat(200_000)),
                Hostile.of("deep maps", nested("a:\n", 1_000)),
                Hostile.of("deep lists on many lines", "[\n".repeat(300_000)),
                Hostile.of("deep questions", "? ".repeat(2_000)),
                Hostile.of("alias bomb", bomb()),
                Hostile.of("cycle", "runbook: &a\n  x: *a\n"),
                Hostile.of("double keys", "a: 1\n".repeat(100_000)),
                Hostile.of("unknown keys", numbered("k%d: 1\n", 2_000)),
                Hostile.of("empty values", numbered("k%d:\n", 2_000)),
                Hostile.of("broken entries", numbered("k%d: 'a\n", 5_000)),
                Hostile.of("many documents", "--- a\n".repeat(100_000)),
                Hostile.of("many steps", HEAD + numbered("  - {step: s, title: t, confirm: '{{x%d}}'}\n", 600)),
                Hostile.of("long text", SQL + "      EXEC(N'x') RESTORE DATABASE x\n".repeat(20_000)),
                Hostile.of("many tags", HEAD + STEP.replace("Go on?", "|\n" + "      {{a}}{{b}}\n".repeat(800))),
                Hostile.of("open brackets", SQL + "      [[[[[[[[\n".repeat(1_000)),
                Hostile.of("open comments", SQL + "      /*/*/*/*\n".repeat(1_000)),
                Hostile.of(
                        "sections in sections",
                        SQL + "      " + "{{#v}} ".repeat(7) + "\n"
                                + ("      " + "{{#v}} a {{/v}} ".repeat(10) + "\n").repeat(40)
                                + "      " + "{{/v}} ".repeat(7) + "\n"),
                Hostile.of(
                        "a long id",
                        "runbook: " + "a-".repeat(2_450) + "a\nsteps:\n  - {step: 1, title: A, confirm: '{{x}}'}\n"),
                Hostile.of(
                        "a long duration",
                        HEAD + "  - {step: 1, title: t, done-when: x, within: " + "1s".repeat(2_400) + "}\n"),
                Hostile.of("a long fact", HEAD + "  - {step: 1, title: t, require: '" + "a ".repeat(2_400) + "a'}\n"),
                Hostile.of("open sections", HEAD + STEP.replace("Go on?", "|\n" + "      {{#a}}\n".repeat(1_000))));
    }

    private static String nested(String line, int levels) {
        StringBuilder text = new StringBuilder();
        for (int level = 0; level < levels; level++) {
            text.append(" ".repeat(level)).append(line);
        }
        return text.toString();
    }

    private static String numbered(String line, int times) {
        StringBuilder text = new StringBuilder();
        for (int number = 0; number < times; number++) {
            text.append(line.formatted(number));
        }
        return text.toString();
    }

    private static String bomb() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 30; i++) {
            bomb.append("a%d: &a%d [%s]\n".formatted(i, i, String.join(", ", List.of("*a" + (i - 1), "*a" + (i - 1)))));
        }
        return bomb.toString();
    }

    @ParameterizedTest
    @MethodSource("files")
    void lintSaysWhereInEveryFormat(Hostile hostile) throws IOException {
        Files.write(folder.resolve("x.yaml"), hostile.bytes());
        String[] arguments = Stream.concat(
                        Stream.of("lint", "x.yaml", "--format", "text"),
                        Stream.of(FORMATS).flatMap(format -> Stream.of("--format", format + "=out." + format)))
                .toArray(String[]::new);

        CommandLineRunner.Result result = soon(arguments);

        assertThat(result.exit()).isEqualTo(ExitCode.FINDINGS);
        assertThat(result.out()).containsPattern("^x\\.yaml:\\d+:\\d+: ");
        assertPlain(result.out() + result.err());
        for (String format : FORMATS) {
            assertThat(folder.resolve("out." + format)).isNotEmptyFile();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void noPlanIsMadeOfIt(Hostile hostile) throws IOException {
        Files.write(folder.resolve("x.yaml"), hostile.bytes());

        CommandLineRunner.Result result = soon("plan", "x.yaml");

        assertThat(result.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err()).containsPattern("(?m)^x\\.yaml:\\d+:\\d+: ");
        assertPlain(result.out() + result.err());
    }

    @ParameterizedTest
    @MethodSource("files")
    void asASiteFileItIsRefusedOrItsNamesAreUnknown(Hostile hostile) throws IOException {
        Files.write(folder.resolve("x.yaml"), hostile.bytes());
        Files.writeString(folder.resolve("good.yaml"), HEAD + STEP);

        CommandLineRunner.Result result = soon("plan", "good.yaml", "--vars", "x.yaml");

        assertThat(result.exit()).isIn(ExitCode.USAGE, ExitCode.DONE);
        assertThat(result.err()).containsPattern("(?m)x\\.yaml:\\d+:\\d+: ");
        assertPlain(result.out() + result.err());
    }

    /** Wherever a file can be named. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "lint %s",
                "explain %s",
                "plan %s",
                "check %s",
                "run %s",
                "rehearse %s",
                "plan good.yaml --vars %s",
                "lint good.yaml --baseline %s",
                "lint good.yaml --cmdlets %s",
                "rehearse good.yaml --scene %s",
                "run good.yaml --plan %s",
                "run good.yaml --approvals %s"
            })
    void whatIsTooLargeIsRefusedBeforeItIsRead(String command) throws IOException {
        Files.writeString(folder.resolve("good.yaml"), HEAD + STEP);
        Files.write(folder.resolve("large.yaml"), new byte[(1 << 20) + 1]);

        CommandLineRunner.Result result =
                soon(command.formatted(folder.resolve("large.yaml")).split(" "));

        assertThat(result.exit()).isIn(ExitCode.USAGE, ExitCode.FINDINGS);
        assertThat(result.out() + result.err()).contains("large.yaml:1:1: The file is larger than 1 MB.");
    }

    @Test
    void textsThatCannotBeReadAreNotPassedBy() throws IOException {
        Files.writeString(folder.resolve("good.yaml"), HEAD + STEP);
        Files.write(folder.resolve("good.de.yaml"), new byte[] {(byte) 0xFF});
        Files.createDirectory(folder.resolve("good.fr.yaml"));

        assertThat(soon("lint", "good.yaml").out()).startsWith("good.de.yaml:1:1: The file is not UTF-8");
        CommandLineRunner.Result plan = soon("--language", "de", "plan", "good.yaml");
        assertThat(plan.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(plan.err()).contains("good.de.yaml:1:1: The file is not UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"failover", "failback"})
    void aFileOfWindowsIsTheSameRunbook(String name) throws IOException {
        String text = Files.readString(Path.of("runbooks", name + ".yaml"));
        for (String other : List.of(text, text.replace("\n", "\r\n"), "\uFEFF" + text.replace("\n", "\r\n"))) {
            Files.writeString(folder.resolve("x.yaml"), other);

            assertThat(soon("lint", "--fail-on", "hint", "x.yaml").exit()).isEqualTo(ExitCode.DONE);
            // a mistake at the very end, so that all places above it count
            Files.writeString(folder.resolve("x.yaml"), other + "nonsense: true\n");
            int last = text.split("\n", -1).length;
            assertThat(soon("lint", "x.yaml").out()).startsWith("x.yaml:" + last + ":1: ");
        }
    }

    /** The work is what is bounded: a computer that is busy with other things takes longer for it. */
    private CommandLineRunner.Result soon(String... arguments) {
        return Assertions.assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            ThreadMXBean threads = ManagementFactory.getThreadMXBean();
            long before = threads.getCurrentThreadCpuTime();
            CommandLineRunner.Result result = new CommandLineRunner(folder).run(arguments);
            assertThat(Duration.ofNanos(threads.getCurrentThreadCpuTime() - before))
                    .isLessThan(Duration.ofSeconds(5));
            return result;
        });
    }

    private static void assertPlain(String said) {
        assertThat(said)
                .doesNotContainPattern("[a-z]Exception|java\\.|snakeyaml|StackOverflow|OutOfMemory|[a-z]Error\\b");
    }
}
