package dev.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What lint and plan refuse, so that nobody meets it in the night. */
class RefusedBeforeARunTest {
    private static final String HEAD = """
        runbook: refused
        title: Refused
        variables:
          who: {type: text, description: a name, default: x}
          least: {type: text, description: a size, default: 10 MB}
          from: {type: path, description: a folder, default: /x}
          gone: {type: fqdn, description: a pool, optional: true}
          dbs: {type: list, items: text, description: names, default: [a]}
          backup_sql: {type: sql-server, description: a server}
          shell: {type: powershell, description: a shell, default: SkypeForBusiness}
        """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        SELECT '{{who}}' AS who | who=x’'; DROP -- | holds characters that
        """)
    void planRefusesWhatRunRefuses(String sql, String value, String why) throws IOException {
        String steps = """
            steps:
              - {step: 1, title: Ask, server: backup_sql, sql: "SQL", retry: 2, rollback: {not-needed: only a question}}
            """.replace("SQL", sql);
        CommandLineRunner.Result result = new CommandLineRunner(write(steps))
                .run("plan", "r.yaml", "--var", value, "--var", "backup_sql=sqlb.litwareinc.com");

        assertThat(result.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(result.out() + result.err()).contains(why).doesNotContain("DROP --");
    }

    @Test
    void planRefusesAnItemOfAListThatDoesNotFit() throws IOException {
        String steps = """
            steps:
              - {step: 1, title: Ask, for-each: dbs, server: backup_sql, sql: "SELECT '{{each}}' AS a", retry: 2, rollback: {not-needed: only a question}}
            """;
        CommandLineRunner.Result result = new CommandLineRunner(write(steps))
                .run("plan", "r.yaml", "--var", "dbs=fits,größer", "--var", "backup_sql=sqlb.litwareinc.com");

        assertThat(result.out()).contains("refused: ").contains("cannot keep");
        assertThat(result.exit()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void planStillShowsWhatIsKnownOnlyLater() throws IOException {
        String steps = """
            facts:
              sessions: {server: backup_sql, sql: SELECT spid AS session_id FROM sys.sysprocesses}
            steps:
              - {step: 1, title: End them, for-each: sessions, server: backup_sql, sql: "KILL {{each.session_id}}", retry: 2, rollback: {not-needed: they come back}}
            """;
        CommandLineRunner.Result result =
                new CommandLineRunner(write(steps)).run("plan", "r.yaml", "--var", "backup_sql=sqlb.litwareinc.com");

        assertThat(result.out()).contains("KILL {{each.session_id}}").doesNotContain("refused");
        assertThat(result.exit()).isEqualTo(ExitCode.DONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1 AS a WHERE x LIKE N'{{who}}%'",
                "SELECT 1 AS a WHERE x NOT LIKE N'%' + N'{{who}}'",
                "SELECT PATINDEX(N'%{{who}}%', x) AS a FROM t"
            })
    void lintRefusesATagInAPattern(String sql) throws IOException {
        assertThat(lint(action(sql, "by-hand: look"))).contains("[tag-in-like]");
    }

    @Test
    void lintTakesATagBesideAPattern() throws IOException {
        assertThat(lint(action("SELECT 1 AS a WHERE x LIKE N'a%' AND y = N'{{who}}'", "by-hand: look")))
                .doesNotContain("tag-in-like");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RESTORE DATABASE [a] WITH RECOVERY",
                "RESTORE DATABASE [a] FROM DISK = N'x' WITH REPLACE, NORECOVERY",
                "DROP DATABASE [a]",
                "ALTER DATABASE [a] SET PARTNER FORCE_SERVICE_ALLOW_DATA_LOSS",
                "TRUNCATE TABLE a.dbo.t"
            })
    void lintRefusesALossThatIsSaidToNeedNoWayBack(String sql) throws IOException {
        assertThat(lint(action(sql, "not-needed: nobody needs it"))).contains("[unconfirmed-loss]");
        assertThat(lint(action(sql, "by-hand: restore it"))).doesNotContain("unconfirmed-loss");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Invoke-Expression | {Command: 'robocopy {{who}} x'}",
                "Invoke-Command | {ScriptBlock: 'stop {{who}}', ComputerName: a.b.c}",
                "Start-Process | {FilePath: powershell.exe, ArgumentList: '-Command {{who}}'}",
                "Invoke-Sqlcmd | {Query: \"DELETE t WHERE n = '{{who}}'\"}"
            })
    void lintRefusesATagInAParameterThatIsRunAsCode(String cmdlet, String parameters) throws IOException {
        assertThat(lint(cmdlet(cmdlet, parameters))).contains("[code-in-parameter]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Start-Process | {FilePath: notepad.exe, ArgumentList: '{{who}}'}",
                "Invoke-Command | {ScriptBlock: 'Get-Date', ComputerName: '{{who}}'}"
            })
    void lintTakesATagInAParameterThatIsData(String cmdlet, String parameters) throws IOException {
        assertThat(lint(cmdlet(cmdlet, parameters))).doesNotContain("code-in-parameter");
    }

    @ParameterizedTest
    @ValueSource(strings = {":r x.sql", "SELECT $(Name) AS a", ":setvar a b"})
    void lintRefusesWhatOnlySqlcmdKnows(String sql) throws IOException {
        assertThat(lint(action(sql, "by-hand: look")))
                .contains("which is of sqlcmd")
                .contains("[batch-separator]");
    }

    @Test
    void lintRefusesABoundThatMayBeAnyText() throws IOException {
        assertThat(lint("""
            facts:
              big: {server: backup_sql, sql: SELECT size FROM t, expect: {size: {at-least: '{{least}}'}}}
            steps: [{step: 1, title: t, require: big}]
            """))
                .contains("at-least and at-most compare numbers, and least is of type text")
                .contains("[matcher-type]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"a\\nDROP TABLE t --\"", "\"a b\"", "'x = 1, @y'"})
    void lintRefusesAParameterNameThatIsNoName(String name) throws IOException {
        assertThat(lint("steps: [{step: 1, title: t, server: backup_sql, procedure: sp_x, parameters: {" + name
                        + ": 1}, retry: 2, rollback: {by-hand: look}}]\n"))
                .contains("The name of a parameter is one word");
    }

    @Test
    void lintRefusesACopyThatIsTheSameForEachRow() throws IOException {
        assertThat(lint("steps: [{step: 1, title: t, for-each: dbs, copy-files: {from: a, to: b, include:"
                        + " '*.trn'}}]\n"))
                .contains("copy-files is the same for each of \"dbs\"");
        assertThat(lint("steps: [{step: 1, title: t, for-each: dbs, copy-files: {from: a, to: b, include:"
                        + " '{{each}}*'}}]\n"))
                .doesNotContain("is the same for each");
    }

    @Test
    void aQuestionSaysThatItIsAskedOnceForAllRows() throws IOException {
        assertThat(lint("steps: [{step: 1, title: t, confirm: 'Really {{each}}?', for-each: dbs, server: backup_sql,"
                        + " sql: 'KILL {{each}}', retry: 2, rollback: {by-hand: x}}]\n"))
                .contains("What people read is said once for all rows.");
    }

    @Test
    void lintTakesTheColumnsOfAnAnswerBesideThoseOfTheRowsThatItIsAskedFor() throws IOException {
        assertThat(lint("""
            facts:
              backups: {files: '{{from}}/*.bak'}
              files in the backups: {for-each: backups, server: backup_sql, sql: "RESTORE FILELISTONLY FROM DISK = N'x\\{{each.name}}'"}
            steps: [{step: 1, title: t, require: files in the backups}]
            """)).doesNotContain("fact-column");
    }

    @Test
    void planHasNoWayBackOfAStepThatIsLeftOut() throws IOException {
        CommandLineRunner.Result result =
                new CommandLineRunner(write("""
                    steps:
                      - {step: 1, title: Start, when: gone, cmdlet: Start-CsWindowsService, parameters: {ComputerName: '{{gone}}'}, retry: 2,
                         rollback: {cmdlet: Stop-CsWindowsService, parameters: {ComputerName: '{{gone}}'}}}
                    """)).run("plan", "r.yaml", "--var", "backup_sql=sqlb.litwareinc.com");

        assertThat(result.out()).contains("left out").doesNotContain("was given no value");
    }

    @ParameterizedTest
    @CsvSource({
        "~, Write null in small letters",
        "yes, Write true or false for a truth",
        "Off, Write true or false for a truth"
    })
    void lintSaysWhatYamlWouldReadOtherwise(String value, String said) throws IOException {
        String steps =
                "steps: [{step: 1, title: t, server: backup_sql, procedure: sp_x, parameters: {a: VALUE}, retry: 2,"
                        + " rollback: {by-hand: look}}]\n";
        assertThat(lint(steps.replace("VALUE", value))).contains(value + " is a text here. " + said);
        assertThat(lint(steps.replace("VALUE", "'" + value + "'"))).doesNotContain("is a text here");
    }

    @Test
    void neverSuggestsTheOppositeOfWhatWasWritten() throws IOException {
        assertThat(lint(cmdlet("Invoke-CsPoolFailBack", "{PoolFqdn: a.b.c}"))).doesNotContain("FailOver");
        assertThat(lint(cmdlet("Remove-DnsServerResourceRecordA", "{Name: a}"))).doesNotContain("Add-");
        assertThat(lint(cmdlet("Get-CsServce", "{PoolFqdn: a.b.c}"))).contains("Did you mean \"Get-CsService\"?");
    }

    private static String action(String sql, String rollback) {
        return "steps: [{step: 1, title: t, server: backup_sql, sql: \"" + sql + "\", retry: 2, rollback: {" + rollback
                + "}}]\n";
    }

    private static String cmdlet(String cmdlet, String parameters) {
        return "steps: [{step: 1, title: t, cmdlet: " + cmdlet + ", parameters: " + parameters
                + ", retry: 2, rollback: {by-hand: look}}]\n";
    }

    private String lint(String rest) throws IOException {
        CommandLineRunner.Result result = new CommandLineRunner(write(rest)).run("lint", "r.yaml");
        return result.out() + result.err();
    }

    private Path write(String rest) throws IOException {
        Files.writeString(folder.resolve("r.yaml"), HEAD + rest);
        return folder;
    }
}
