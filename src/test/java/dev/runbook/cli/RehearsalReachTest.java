package dev.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runbook.terminal.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A rehearsal touches nothing outside of its scene: beside it stand a real server that listens, and a real folder. */
class RehearsalReachTest {
    private static final String SCENE = """
        scene: mine
        title: A scene of one's own
        folders: {share: {seen-as: '\\\\fs1\\share'}}
        servers:
          sqla: {name: 'sqla.litwareinc.com\\RTC', running: false}
          sqlb: {name: 'sqlb.litwareinc.com\\RTC', databases: {mgc: {state: online}}}
        pool: {fqdn: chat.litwareinc.com, state: Normal, active: [pc11.litwareinc.com], databases: {primary: sqla, backup: sqlb}}
        computers: {pc11.litwareinc.com: {running: false}}
        variables:
          share: {folder: share}
          server: %s
        """;

    @TempDir
    Path folder;

    private Path outside;

    @BeforeEach
    void putSomethingOutside() throws IOException {
        outside = Files.createDirectories(folder.resolve("outside/to")).getParent();
        Files.writeString(Files.createDirectories(outside.resolve("from")).resolve("a.trn"), "precious");
    }

    @ParameterizedTest
    @ValueSource(strings = {"OUTSIDE/from", "{{share}}/../../../outside/from"})
    void copiesNothingFromAFolderOutside(String from) throws IOException {
        assertRefused(rehearse(
                "steps: [{step: 1, title: t, copy-files: {from: '" + from
                        + "', to: '{{share}}', include: '*'}, done-when: f}]",
                "f: {files: '{{share}}/*'}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"OUTSIDE/to", "OUTSIDE\\to", "relative"})
    void copiesNothingToAFolderOutside(String to) throws IOException {
        assertRefused(rehearse(
                "steps: [{step: 1, title: t, copy-files: {from: '{{share}}', to: '" + to
                        + "', include: '*'}, done-when: f}]",
                "f: {files: '{{share}}/*'}"));
        assertThat(files()).containsExactly("from/a.trn");
    }

    @Test
    void letsNoTextChooseAFolder() throws IOException {
        CommandLineRunner.Result result = rehearse(
                "steps: [{step: 1, title: t, copy-files: {from: '{{share}}', to: '{{text}}/to', include: '*'},"
                        + " done-when: f}]",
                "f: {files: '{{share}}/*'}");

        assertThat(result.out()).contains("can only be one name");
        assertThat(files()).containsExactly("from/a.trn");
    }

    @Test
    void looksIntoNoFolderOutside() throws IOException {
        assertRefused(rehearse("steps: [{step: 1, title: t, require: f}]", "f: {files: 'OUTSIDE/from/*'}"));
    }

    @Test
    void letsASimulatedServerWriteNothingOutside() throws IOException {
        CommandLineRunner.Result result = rehearse(
                "steps: [{step: 1, title: t, server: server, sql: \"BACKUP DATABASE mgc TO DISK ="
                        + " N'OUTSIDE/to/mgc.bak'\", done-when: f, rollback: {not-needed: it only writes a file}}]",
                "f: {server: server, sql: \"SELECT 1 AS a WHERE 1 = 0\"}");

        assertThat(result.out()).contains("3201");
        assertThat(files()).containsExactly("from/a.trn");
    }

    @Test
    void dialsNoServerOutside() throws IOException {
        try (ServerSocket real = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CommandLineRunner.Result result = rehearse(
                    "'127.0.0.1," + real.getLocalPort() + "'",
                    "steps: [{step: 1, title: t, when: r, require: f}]",
                    "r: {reachable: server}\n  f: {server: server, sql: SELECT 1 AS a}");

            assertRefused(result);
            assertNobodyCame(real);
        }
    }

    @Test
    void takesNoServerShellOrPathFromADefault() throws IOException {
        try (ServerSocket real = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CommandLineRunner.Result result =
                    rehearse("steps: [{step: 1, title: t, require: [f, g, h]}]", """
                        f: {server: other, sql: SELECT 1 AS a}
                          g: {files: '{{place}}\\*'}
                          h: {cmdlet: Get-CsPersistentChatState}
                        variables:
                          share: {type: path}
                          below: {type: path, default: '{{share}}\\below'}
                          other: {type: sql-server, default: '127.0.0.1,%d'}
                          place: {type: path, default: OUTSIDE/from}
                          tools: {type: powershell, default: SkypeForBusiness}
                          mirror: {type: sql-server, optional: true}
                        """.formatted(real.getLocalPort()));

            assertThat(result.exit()).isEqualTo(ExitCode.USAGE);
            assertThat(result.err())
                    .contains("mine.yaml:13:3", "The scene mine gives no value to other, and its default is not used.")
                    .contains("write  other: {server: NAME}  below its variables")
                    .contains("no value to place", "place: {folder: NAME}")
                    .contains("no value to tools", "tools: {shell: MODULE}")
                    .doesNotContain("to below", "to mirror", "to share");
            assertNobodyCame(real);
        }
    }

    @Test
    void saysHowARehearsalGetsAMissingValue() throws IOException {
        CommandLineRunner.Result result = rehearse("steps: [{step: 1, title: t, confirm: '{{word}} {{other}}'}]", """
            variables: {word: {type: text}, other: {type: sql-server}}
            """);

        assertThat(result.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err())
                .contains("Give --var word=… here, or write an example beside its type.")
                .contains("other: {server: NAME}")
                .doesNotContain("site file");
    }

    private static void assertRefused(CommandLineRunner.Result result) {
        assertThat(result.out())
                .contains("A rehearsal touches nothing outside of its scene")
                .contains("is not in the scene mine");
        assertThat(result.exit()).isEqualTo(ExitCode.FAILED_UNCHANGED);
    }

    private static void assertNobodyCame(ServerSocket real) throws IOException {
        real.setSoTimeout(1);
        assertThatThrownBy(real::accept).isInstanceOf(SocketTimeoutException.class);
    }

    private CommandLineRunner.Result rehearse(String steps, String facts) throws IOException {
        return rehearse("{server: sqlb}", steps, facts);
    }

    private CommandLineRunner.Result rehearse(String server, String steps, String facts) throws IOException {
        Files.writeString(folder.resolve("scene.yaml"), SCENE.formatted(server));
        String own = facts.contains("variables:") ? "" : """
            variables:
              share: {type: path}
              text: {type: text, default: 'OUTSIDE'}
              server: {type: sql-server}
            """;
        String body = facts.startsWith("variables:") ? facts : "facts:\n  " + facts + "\n" + own;
        String text = "runbook: mine\ntitle: t\nrehearsal: mine\n" + steps + "\n" + body;
        Files.writeString(folder.resolve("mine.yaml"), text.replace("OUTSIDE", outside.toString()));
        return new CommandLineRunner(folder)
                .run(
                        "rehearse",
                        "mine.yaml",
                        "--scene",
                        folder.resolve("scene.yaml").toString());
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(outside)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> outside.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        }
    }
}
