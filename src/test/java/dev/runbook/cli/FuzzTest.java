package dev.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.runbook.base.Harmless;
import dev.runbook.base.Origin;
import dev.runbook.base.Position;
import dev.runbook.base.Source;
import dev.runbook.base.Span;
import dev.runbook.base.Value;
import dev.runbook.endpoint.Answer;
import dev.runbook.endpoint.Limits;
import dev.runbook.endpoint.ShellTarget;
import dev.runbook.endpoint.SqlTarget;
import dev.runbook.endpoint.powershell.PowerShellHost;
import dev.runbook.endpoint.powershell.ShellLink;
import dev.runbook.endpoint.powershell.StreamLink;
import dev.runbook.endpoint.sql.JdbcSqlServer;
import dev.runbook.language.Text;
import dev.runbook.rehearsal.shell.ProbeModule;
import dev.runbook.rehearsal.shell.ShellFaults;
import dev.runbook.rehearsal.shell.SimulatedShell;
import dev.runbook.rehearsal.tds.ScriptedPackets;
import dev.runbook.template.Fill;
import dev.runbook.template.Filled;
import dev.runbook.template.Scope;
import dev.runbook.terminal.ExitCode;
import dev.runbook.tsql.Token;
import dev.runbook.tsql.Tokenizer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Everything that the program reads is changed at random, again and again: it always ends soon, with an exit code that is no
 * mistake of the program, and without the name of an exception.
 *
 * <p>The inputs follow from {@code -Dfuzz.seed}, which is 1 unless it is given; {@code -Dfuzz.seconds}, 60 unless it is given, is
 * shared by all kinds of inputs. An input that breaks something is kept below {@code target/fuzz}, and belongs into
 * {@code src/test/resources/fuzz}, where each file is tried in every build.
 */
class FuzzTest {
    private static final Path CASES = Path.of("src/test/resources/fuzz");
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final long SEED = Long.getLong("fuzz.seed", 1);
    private static final long SECONDS = Long.getLong("fuzz.seconds", 60);

    private static final String SMALL = """
        runbook: small
        rehearsal: dc1-lost
        variables:
          backup_sql: {type: sql-server, description: a server, example: sqlb}
          names: {type: list, items: text, description: names, example: [a, b]}
        steps:
          - step: 1
            title: Look at {{backup_sql}}
            require: mgc is there
            remember: {found: mgc is there}
            confirm: 'Go on with {{#names}}{{.}} {{/names}}?'
            server: backup_sql
            sql: BACKUP DATABASE [mgccomp] TO DISK = N'D:\\pchatlogs\\{{run.stamp}}.bak'
            retry: {attempts: 2, delay: 1s, on: [3201]}
            rollback: {not-needed: a copy does no harm}
        facts:
          mgc is there:
            server: backup_sql
            sql: SELECT name, state_desc FROM sys.databases WHERE name = N'mgc'
            expect: {name: mgc}
        """;

    /** Pieces that mean something to one of the readers, and are where they do not belong. */
    private static final List<String> HOSTILE = List.of(
            "{{",
            "}}",
            "{{#a}}",
            "{{/a}}",
            "{{.}}",
            "'",
            "''",
            "\"",
            "[",
            "]",
            "]]",
            "--",
            "/*",
            "*/",
            "GO\n",
            "N'",
            "$(",
            "`",
            "\0",
            "\r\n",
            "\n",
            "\t",
            "\u2028",
            "\uFEFF",
            "\u202E",
            "\uD800",
            "💥",
            "‘",
            "ＡＢ",
            "- ",
            ": ",
            "? ",
            "| \n",
            ">-\n",
            "&a ",
            "*a",
            "!!java.net.URL ",
            "<<: ",
            "%YAML 1.1\n",
            "---\n",
            "...\n",
            "#",
            "~",
            "null",
            "true",
            "1e999999999",
            "-0",
            "0x7fffffff",
            "99999999999999999999",
            "\u001b[2K",
            "@@SPID",
            "EXEC(",
            "disable=",
            "a".repeat(6_000),
            "(".repeat(500),
            "{\"x\":".repeat(50),
            "\\u0000",
            "\\",
            "..\\..\\",
            "*?",
            "\"hash\":\"",
            ",\"\":{}");

    private static final List<String> TEMPLATES = List.of(
            "BACKUP LOG [{{name}}] TO DISK = N'D:\\logs\\{{server.host}}_{{run.stamp}}.trn' WITH INIT",
            "SELECT name FROM sys.databases WHERE name IN (N'{{name}}'{{#list}}, N'{{.}}'{{/list}})",
            "D:\\logs\\{{server}}\\{{name}}_*.trn",
            "Go on with {{#list}}{{.}} {{/list}}at {{server.host}}?");

    @TempDir
    static Path folder;

    private static final Logger DRIVER = Logger.getLogger("com.microsoft.sqlserver.jdbc");

    private static byte[] journal;
    private static String run;
    private static byte[] agreed;
    private static byte[] approvals;
    private static byte[] answers;

    /** What is read, and how an input of that kind is tried. */
    enum Kind {
        RUNBOOK {
            @Override
            byte[] example(Random random) throws IOException {
                return random.nextInt(4) > 0
                        ? SMALL.getBytes(StandardCharsets.UTF_8)
                        : Files.readAllBytes(
                                Path.of("runbooks", random.nextBoolean() ? "failover.yaml" : "failback.yaml"));
            }

            @Override
            void attempt(byte[] input, Path home) throws IOException {
                Files.write(home.resolve("x.yaml"), input);
                ends(home, "lint", "--format", "sarif", "--format", "text=x.txt", "x.yaml");
                ends(home, "plan", "x.yaml", "--var", "backup_sql=sqlb", "--var", "names=a");
            }
        },
        TEMPLATE {
            @Override
            byte[] example(Random random) {
                return TEMPLATES.get(random.nextInt(TEMPLATES.size())).getBytes(StandardCharsets.UTF_8);
            }

            @Override
            void attempt(byte[] input, Path home) {
                String raw = new String(input, StandardCharsets.UTF_8);
                Source source = Source.of("x.yaml", raw);
                Text text = new Text(
                        raw, new Origin(source, Span.at(Position.START), List.of(new Origin.Run(0, Position.START))));
                Fill.mistakes(text);
                String plain = filled(Fill.path(text, scope("x"))).orElse("");
                String tokens = kinds(Fill.sql(text, scope("x")));
                for (String value : HOSTILE) {
                    Scope scope = scope(value);
                    Fill.plain(text, scope);
                    Fill.pattern(text, scope);
                    assertThat(Fill.forPeople(text, scope).codePoints())
                            .noneMatch(sign -> sign != '\n' && sign != '\t' && Harmless.isActive(sign));
                    filled(Fill.path(text, scope))
                            .ifPresent(path -> assertThat(folders(path)).isEqualTo(folders(plain)));
                    Filled<Fill.FilledSql> sql = Fill.sql(text, scope);
                    if (filled(sql).isPresent() && !tokens.isEmpty()) {
                        assertThat(kinds(sql)).as(value).isEqualTo(tokens);
                    }
                }
            }
        },
        TSQL {
            @Override
            byte[] example(Random random) throws IOException {
                List<String> statements = Files.readAllLines(Path.of("runbooks/failback.yaml")).stream()
                        .filter(line -> line.matches(" +(sql: )?(SELECT|RESTORE|BACKUP|ALTER|FROM|WHERE|AND) .*"))
                        .map(line -> line.replace("sql: ", "").strip())
                        .toList();
                return statements.get(random.nextInt(statements.size())).getBytes(StandardCharsets.UTF_8);
            }

            @Override
            void attempt(byte[] input, Path home) throws IOException {
                String sql = new String(input, StandardCharsets.UTF_8);
                List<Token> tokens = Tokenizer.tokens(sql);
                assertThat(tokens.stream().map(Token::text).collect(Collectors.joining()))
                        .isEqualTo(sql);
                String indented = sql.lines().collect(Collectors.joining("\n      ", "      ", "\n"));
                Files.writeString(
                        home.resolve("x.yaml"),
                        "runbook: x\n"
                                + "variables: {s: {type: sql-server, description: d}}\n"
                                + "steps:\n"
                                + "  - step: 1\n"
                                + "    title: t\n"
                                + "    server: s\n"
                                + "    rollback: {not-needed: x}\n"
                                + "    retry: 2\n"
                                + "    require: f\n"
                                + "    sql: |\n"
                                + indented
                                + "facts:\n  f:\n    server: s\n    sql: |\n" + indented);
                ends(home, "lint", "x.yaml");
            }
        },
        SITE_FILE {
            @Override
            byte[] example(Random random) {
                return "backup_sql: {server: 'sqlb\\RTC', authentication: sql, user: sa, password: {prompt: true}}\nnames: [a]\n"
                        .getBytes(StandardCharsets.UTF_8);
            }

            @Override
            void attempt(byte[] input, Path home) throws IOException {
                Files.write(home.resolve("site.yaml"), input);
                ends(home, "plan", "small.yaml", "--vars", "site.yaml");
            }
        },
        SCENE {
            @Override
            byte[] example(Random random) throws IOException {
                try (InputStream scene =
                        FuzzTest.class.getResourceAsStream("/dev/runbook/rehearsal/scene/dc1-lost.yaml")) {
                    return scene.readAllBytes();
                }
            }

            @Override
            void attempt(byte[] input, Path home) throws IOException {
                Files.write(home.resolve("scene.yaml"), input);
                // a runbook that is refused, so that no estate is started for each of the inputs
                Files.writeString(home.resolve("none.yaml"), "runbook: none\nsteps: []\n");
                ends(home, "rehearse", "none.yaml", "--scene", "scene.yaml");
            }
        },
        JOURNAL {
            @Override
            byte[] example(Random random) {
                return journal;
            }

            @Override
            void attempt(byte[] input, Path home) throws IOException {
                Path there = Files.createDirectories(home.resolve("runs").resolve(run));
                Files.write(there.resolve("journal.jsonl"), input);
                ends(home, "verify-journal", "runs/" + run);
                ends(home, "status", "runs/" + run);
                ends(home, "report", "runs/" + run);
                ends(home, "list");
            }
        },
        FORGED_JOURNAL {
            @Override
            byte[] example(Random random) {
                return journal;
            }

            @Override
            byte[] changed(Random random) throws IOException {
                List<String> lines =
                        new String(journal, StandardCharsets.UTF_8).lines().toList();
                int which = random.nextInt(lines.size());
                List<String> forged = new ArrayList<>(lines);
                String line = lines.get(which);
                String body = line.substring(0, line.lastIndexOf(",\"hash\":")) + "}";
                byte[] mutated = mutate(body.getBytes(StandardCharsets.UTF_8), random);
                forged.set(which, new String(mutated, StandardCharsets.UTF_8).replaceAll("[\r\n]", " ") + ",\"hash\":");
                if (random.nextInt(3) == 0) {
                    forged.set(random.nextInt(lines.size()), lines.get(random.nextInt(lines.size())));
                }
                return sealed(forged);
            }

            @Override
            void attempt(byte[] input, Path home) throws IOException {
                JOURNAL.attempt(input, home);
            }
        },
        PLAN_FILE {
            @Override
            byte[] example(Random random) {
                return agreed;
            }

            @Override
            void attempt(byte[] input, Path home) throws IOException {
                Files.write(home.resolve("agreed.json"), input);
                ends(
                        home,
                        "run",
                        "small.yaml",
                        "--var",
                        "names=a",
                        "--var",
                        "backup_sql=127.0.0.1,1",
                        "--plan",
                        "agreed.json");
            }
        },
        APPROVALS {
            @Override
            byte[] example(Random random) {
                return approvals;
            }

            @Override
            void attempt(byte[] input, Path home) throws IOException {
                Files.write(home.resolve("yes.json"), input);
                ends(home, "run", "ask.yaml", "--approvals", "yes.json");
            }
        },
        SHELL {
            @Override
            byte[] example(Random random) {
                return answers;
            }

            @Override
            void attempt(byte[] input, Path home) {
                PowerShellHost host = shell(
                        arguments -> new StreamLink(new ByteArrayInputStream(input), OutputStream.nullOutputStream()));
                try (host) {
                    for (int call = 0; call < 3; call++) {
                        Answer answer =
                                host.invoke("Get-Native", Map.of(), List.of("State", "Nested.A.b"), Limits.none());
                        assertThat(answer).isNotNull();
                    }
                }
            }
        },
        SERVER {
            @Override
            byte[] example(Random random) {
                // an answer to PRELOGIN that offers encryption, as MS-TDS writes it
                return HexFormat.of()
                        .parseHex("0401002b0000010000001a0006010020000102002100010300220000040022000106002200"
                                + "01ff0b000fa0000001000000");
            }

            @Override
            void attempt(byte[] input, Path home) throws IOException {
                try (ServerSocket door = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
                    Thread server = new Thread(() -> answer(door, input));
                    server.setDaemon(true);
                    server.start();
                    try (JdbcSqlServer client = JdbcSqlServer.of(target(door.getLocalPort()), "fuzz")) {
                        assertThat(client.execute("SELECT 1", Limits.none())).isInstanceOf(Answer.Failed.class);
                    }
                }
            }
        },
        SERVER_AFTER_LOGIN {
            @Override
            byte[] example(Random random) {
                return random.nextBoolean() ? ScriptedPackets.welcome() : ScriptedPackets.rows();
            }

            @Override
            void attempt(byte[] input, Path home) throws IOException {
                boolean welcomes = new Random(Arrays.hashCode(input)).nextBoolean();
                try (ScriptedPackets server = welcomes
                                ? ScriptedPackets.start(ScriptedPackets.welcome(), input)
                                : ScriptedPackets.start(input, ScriptedPackets.rows());
                        JdbcSqlServer client = JdbcSqlServer.of(target(server.port()), "fuzz")) {
                    Answer answer = client.execute("SELECT 1", Limits.none());
                    if (answer instanceof Answer.Failed failed) {
                        assertThat(failed.failure().message()).doesNotContain("Exception");
                    }
                }
            }
        };

        abstract byte[] example(Random random) throws IOException;

        abstract void attempt(byte[] input, Path home) throws IOException;

        byte[] changed(Random random) throws IOException {
            byte[] input = example(random);
            for (int times = 1 + random.nextInt(4); times > 0; times--) {
                input = mutate(input, random);
            }
            return input;
        }
    }

    @BeforeAll
    static void makesExamples() throws IOException {
        // the driver logs each answer that it does not understand
        DRIVER.setLevel(Level.OFF);
        Files.writeString(folder.resolve("small.yaml"), SMALL);
        Files.writeString(
                folder.resolve("ask.yaml"),
                "runbook: ask\nsteps:\n  - {step: 1, title: t, confirm: {type: GO, message: m}}\n");
        CommandLineRunner runner = new CommandLineRunner(folder);
        assertThat(runner.run("rehearse", "small.yaml", "--runs", "rehearsed").exit())
                .isEqualTo(ExitCode.DONE);
        try (Stream<Path> runs = Files.list(folder.resolve("rehearsed"))) {
            Path only = runs.filter(Files::isDirectory).findFirst().orElseThrow();
            run = only.getFileName().toString();
            journal = Files.readAllBytes(only.resolve("journal.jsonl"));
        }
        runner.run("plan", "small.yaml", "--var", "names=a", "--var", "backup_sql=127.0.0.1,1", "--out", "agreed.json");
        agreed = Files.readAllBytes(folder.resolve("agreed.json"));
        runner.run("plan", "ask.yaml", "--approve-file", "yes.json", "--approve", "1=GO", "--expires", "12h");
        approvals = Files.readAllBytes(folder.resolve("yes.json"));
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        SimulatedShell simulated = new SimulatedShell(List.of(ProbeModule.module()), ShellFaults.NONE);
        try (PowerShellHost host = shell(arguments -> {
            SimulatedShell.Ends ends = simulated.connect(arguments);
            return new StreamLink(new Copying(ends.answers(), heard), ends.requests());
        })) {
            assertThat(host.invoke("Get-Native", Map.of(), List.of("State", "Nested.A.b"), Limits.none()))
                    .isInstanceOf(Answer.Rows.class);
        }
        answers = heard.toByteArray();
    }

    @ParameterizedTest
    @EnumSource
    void endsSoonAndWithoutAnException(Kind kind, @TempDir Path home) throws IOException {
        ready(home);
        long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos() / Kind.values().length;
        long round = 0;
        while (round == 0 || System.nanoTime() < end) {
            long seed = SEED * 1_000_003 + round++;
            byte[] input = kind.changed(new Random(seed));
            tried(kind, input, home, "seed " + seed);
        }
        System.err.println("tried " + round + " inputs: " + kind);
    }

    @Test
    void endsSoonWithEveryInputThatBrokeItOnce(@TempDir Path home) throws IOException {
        ready(home);
        for (Kind kind : Kind.values()) {
            Path cases = CASES.resolve(kind.name().toLowerCase(Locale.ROOT));
            if (Files.isDirectory(cases)) {
                try (Stream<Path> files = Files.list(cases)) {
                    for (Path file : files.sorted().toList()) {
                        tried(kind, Files.readAllBytes(file), home, file.toString());
                    }
                }
            }
        }
    }

    private static void ready(Path home) throws IOException {
        Files.copy(folder.resolve("small.yaml"), home.resolve("small.yaml"));
        Files.copy(folder.resolve("ask.yaml"), home.resolve("ask.yaml"));
    }

    private static void tried(Kind kind, byte[] input, Path home, String which) throws IOException {
        try {
            assertTimeoutPreemptively(SOON, () -> kind.attempt(input, home));
        } catch (Throwable broken) {
            Path kept =
                    Files.createDirectories(Path.of("target/fuzz")).resolve(kind + "-" + which.replaceAll("\\W+", "-"));
            Files.write(kept, input);
            fail(kind + ", " + which + ", kept as " + kept, broken);
        }
    }

    private static void ends(Path home, String... command) {
        CommandLineRunner.Result result = new CommandLineRunner(home).run(command);
        assertThat(result.exit()).as(result.err()).isNotEqualTo(ExitCode.OUR_BUG);
        assertThat(result.err()).doesNotContain("Exception", "\tat ");
    }

    // ---- templates

    private static Scope scope(String value) {
        Value text = Value.of(value);
        return Scope.EMPTY
                .with("name", new Scope.Binding.One(text))
                .with("list", new Scope.Binding.One(Value.of(List.of(value, value))))
                .with("server", new Scope.Binding.Parts(Optional.of(text), Map.of("host", Optional.of(text))))
                .withRun("run", value);
    }

    private static <T> Optional<T> filled(Filled<T> filled) {
        return filled instanceof Filled.Complete<T> complete ? Optional.of(complete.value()) : Optional.empty();
    }

    /** What the tokens of a statement are, without what they say. */
    private static String kinds(Filled<Fill.FilledSql> sql) {
        return filled(sql)
                .map(statement -> Tokenizer.tokens(statement.text()).stream()
                        .map(token -> token.kind().name())
                        .collect(Collectors.joining(" ")))
                .orElse("");
    }

    private static long folders(String path) {
        return path.chars().filter(sign -> sign == '/' || sign == '\\').count();
    }

    // ---- changes

    private static byte[] mutate(byte[] input, Random random) {
        int at = random.nextInt(input.length + 1);
        int length = random.nextInt(Math.min(40, input.length - at) + 1);
        return switch (random.nextInt(6)) {
            case 0 -> joined(input, at, new byte[0], at + length);
            case 1 -> joined(input, at, new byte[] {(byte) random.nextInt(256)}, Math.min(input.length, at + 1));
            case 2, 3 ->
                joined(
                        input,
                        at,
                        HOSTILE.get(random.nextInt(HOSTILE.size())).getBytes(StandardCharsets.UTF_8),
                        at + length);
            case 4 -> joined(input, at, part(input, random), at);
            default ->
                random.nextInt(8) == 0
                        ? joined(input, at, new byte[0], input.length)
                        : joined(input, at, part(input, random), at + length);
        };
    }

    private static byte[] part(byte[] input, Random random) {
        int at = random.nextInt(input.length + 1);
        int length = random.nextInt(Math.min(200, input.length - at) + 1);
        return Arrays.copyOfRange(input, at, at + length);
    }

    private static byte[] joined(byte[] input, int before, byte[] between, int after) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        joined.write(input, 0, before);
        joined.writeBytes(between);
        joined.write(input, after, input.length - after);
        return joined.toByteArray();
    }

    /** Lines with hashes that fit, as somebody forges them who can write into the folder. */
    static byte[] sealed(List<String> lines) {
        StringBuilder sealed = new StringBuilder();
        String before = "0".repeat(64);
        for (String line : lines) {
            int cut = line.lastIndexOf(",\"hash\":");
            String body = line.substring(0, cut);
            String object = body.endsWith("}") && line.endsWith(",\"hash\":") ? body : body + "}";
            before = hash(before + object);
            sealed.append(object, 0, Math.max(0, object.length() - 1))
                    .append(",\"hash\":\"")
                    .append(before)
                    .append("\"}\n");
        }
        return sealed.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    // ---- the other end of a wire

    private static PowerShellHost shell(Function<List<String>, ShellLink> started) {
        // the same marks each time, so that what was heard once is an answer again
        return new PowerShellHost(
                new ShellTarget(List.of("powershell-probe"), "pwsh"),
                (program, arguments) -> started.apply(arguments),
                new Random(7));
    }

    private static SqlTarget target(int port) {
        return new SqlTarget(
                "127.0.0.1",
                Optional.empty(),
                OptionalInt.of(port),
                new SqlTarget.Login.Sql("sa", new Value.Secret("secret")),
                SqlTarget.Encryption.TRUE,
                true,
                Optional.empty(),
                Optional.empty());
    }

    private static void answer(ServerSocket door, byte[] input) {
        while (!door.isClosed()) {
            try (Socket client = door.accept()) {
                client.setSoTimeout(200);
                client.getInputStream().read(new byte[4_096]);
                client.getOutputStream().write(input);
                client.getOutputStream().flush();
            } catch (IOException gone) {
                // the client has hung up, or the test is over
            }
        }
    }

    /** Copies all that is read through it. */
    private static final class Copying extends FilterInputStream {
        private final OutputStream copy;

        Copying(InputStream in, OutputStream copy) {
            super(in);
            this.copy = copy;
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            if (read >= 0) {
                copy.write(read);
            }
            return read;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = super.read(bytes, offset, length);
            if (count > 0) {
                copy.write(bytes, offset, count);
            }
            return count;
        }
    }
}
