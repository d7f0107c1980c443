package dev.runbook.site;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.base.Checked;
import dev.runbook.base.Diagnostic;
import dev.runbook.base.Position;
import dev.runbook.base.Source;
import dev.runbook.base.Value;
import dev.runbook.endpoint.RemoteShell;
import dev.runbook.endpoint.RemoteShell.Authentication;
import dev.runbook.endpoint.RemoteShell.Login;
import dev.runbook.endpoint.RemoteShell.Place;
import dev.runbook.endpoint.ShellTarget;
import dev.runbook.endpoint.SqlTarget;
import dev.runbook.language.Runbook;
import dev.runbook.language.RunbookReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SiteBinderTest {
    private static final RunbookReader READER = new RunbookReader();
    private static final SiteBinder.SecretReader SECRETS = new SiteBinder.SecretReader() {
        @Override
        public Optional<String> prompt(String question) {
            return Optional.of("typed for " + question);
        }

        @Override
        public Optional<String> file(String path) {
            return path.equals("there.txt") ? Optional.of("from the file") : Optional.empty();
        }

        @Override
        public Optional<String> environment(String name) {
            return Optional.empty();
        }
    };

    @Test
    void takesTheStrongestValue() {
        Site site = bound(
                "name: {type: text, default: from the default}",
                List.of(Map.of("name", SuppliedValue.of("--var name", "typed")), file("name: from a file")));
        assertThat(site.find("name")).contains(new ResolvedValue.Plain(Value.of("typed")));
        assertThat(bound("name: {type: text, default: from the default}", List.of(Map.of(), file("name: from a file")))
                        .find("name"))
                .contains(new ResolvedValue.Plain(Value.of("from a file")));
        assertThat(bound("name: {type: text, default: from the default}").find("name"))
                .contains(new ResolvedValue.Plain(Value.of("from the default")));
    }

    @Test
    void fillsADefaultFromVariablesAboveAndFromTheRun() {
        Site site = bound("""
            share: {type: path}
              file: {type: path, default: '{{share}}\\mgc_{{run.stamp}}.bak'}
            """, file("share: '\\\\fs1\\logs\\'"));
        assertThat(site.find("file"))
                .contains(new ResolvedValue.Plain(Value.of("\\\\fs1\\logs\\mgc_20261121031209.bak"), true));
    }

    @Test
    void saysAllThatIsMissingAtOnceWithAnExample() {
        String findings = findings("""
            pool_fqdn: {type: fqdn, description: the Persistent Chat pool, example: atl-cs-001.litwareinc.com}
              server: {type: sql-server}
              mirror: {type: sql-server, optional: true}
              word: {type: secret}
            """);
        assertThat(findings.lines())
                .containsExactly(
                        "The variable pool_fqdn is missing. It is: the Persistent Chat pool. Give --var pool_fqdn=… or"
                                + " write it into a site file, for example: pool_fqdn: atl-cs-001.litwareinc.com",
                        "The variable server is missing. Give --var server=… or write it into a site file, for"
                                + " example: server: 'server.example.com\\INSTANCE'",
                        "The variable word is missing. Write it into a site file, for example: word: {prompt: true}");
    }

    @Test
    void leavesAnOptionalVariableAbsent() {
        Site site = bound("mirror: {type: sql-server, optional: true}");
        assertThat(site.find("mirror")).contains(new ResolvedValue.Absent());
        assertThat(site.has("mirror")).isFalse();
    }

    @Test
    void saysNothingOfADefaultWhoseVariableIsWrongAlready() {
        assertThat(findings("share: {type: path}\n  file: {type: path, default: '{{share}}\\x.bak'}")
                        .lines())
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "number     | 12.50                     | Number[value=12.50]",
                "boolean    | true                      | Truth[value=true]",
                "fqdn       | pc21.litwareinc.com       | Text[value=pc21.litwareinc.com]",
                "identifier | a b]c                     | Text[value=a b]c]",
                "path       | D:\\                      | Text[value=D:\\]",
                "path       | /mnt/share/               | Text[value=/mnt/share]",
                "duration   | 1h30m                     | Text[value=1h30m]",
                "text       | no                        | Text[value=no]",
                "text       | 0123                      | Text[value=0123]",
                "list, items: number | 1, 2             | Items[values=[Number[value=1], Number[value=2]]]",
            })
    void readsByType(String type, String given, String value) {
        Site site = bound("x: {type: " + type + "}", Map.of("x", SuppliedValue.of("--var x", given)));
        assertThat(((ResolvedValue.Plain) site.find("x").orElseThrow()).value()).hasToString(value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "number              | ten        | x must be a number. Found \"ten\".",
                "boolean             | yes        | x must be true or false. Found \"yes\".",
                "fqdn                | pc21       | x must be a full name in the network, such as pc21.litwareinc.com."
                        + " Found \"pc21\".",
                "path                | a<b        | x must be a path without any of < > \" ¦ ? *, such as"
                        + " \\\\fs1\\pchatlogs. Found \"a<b\".",
                "duration            | 90         | x must be a duration such as 500ms, 90s, 15m, 2h or 1h30m. Found"
                        + " \"90\".",
                "list, at-most: 2    | a,b,c      | x has 3 values. There may be at most 2.",
                "list, items: fqdn   | a.b,A.B    | x has A.B twice.",
                "list                | ' '        | x is an empty list. Give at least one value.",
                "list                | a,,c       | x has an empty item. Delete a comma too many, or write what is"
                        + " missing there.",
                "sql-server          | .\\RTC     | x: must be HOST, HOST\\INSTANCE or HOST,PORT. Found \".\\RTC\"."
                        + " Name the host: the file has to mean the same on every machine.",
                "sql-server          | a\\b,1433  | x: must be HOST, HOST\\INSTANCE or HOST,PORT. Found \"a\\b,1433\"."
                        + " Give the instance or the port, not both.",
                "sql-server          | a:1433     | x: must be HOST, HOST\\INSTANCE or HOST,PORT. Found \"a:1433\". A"
                        + " port stands behind a comma.",
            })
    void refusesWhatIsNotOfTheType(String type, String given, String message) {
        assertThat(findings("x: {type: " + type + "}", Map.of("x", SuppliedValue.of("--var x", given))))
                .isEqualTo(message.replace("¦", "|"));
    }

    @Test
    void readsServers() {
        assertThat(server("'sqlb.litwareinc.com\\RTC'").name()).isEqualTo("sqlb.litwareinc.com\\RTC");
        assertThat(server("'sqlb, 1433'").name()).isEqualTo("sqlb,1433");
        assertThat(server("sqlb").login()).isEqualTo(new SqlTarget.Login.Windows());
        SqlTarget target = server("{server: 'sqlb\\RTC', user: dba, password: {prompt: true}, encrypt: true,"
                + " address: 'localhost:14330', server-name: OTHER, trust-server-certificate: true}");
        assertThat(target.login())
                .isEqualTo(new SqlTarget.Login.Sql(
                        "dba",
                        new Value.Secret("typed for Password of dba for x (sqlb\\RTC, dialled at localhost:14330,"
                                + " certificate not checked)")));
        assertThat(target.encryption()).isEqualTo(SqlTarget.Encryption.TRUE);
        assertThat(target.address()).contains("localhost:14330");
        assertThat(target.serverName()).contains("OTHER");
        assertThat(target.trustServerCertificate()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{server: a, encrpt: true}                                | x: there is no key \"encrpt\". Did you"
                        + " mean \"encrypt\"?",
                "{authentication: windows}                                | x: the key \"server\" is missing: HOST,"
                        + " HOST\\INSTANCE or HOST,PORT.",
                "{server: a, authentication: sql}                         | x: authentication: sql needs \"user\" and"
                        + " \"password\".",
                "{server: a, authentication: windows, user: b}            | x: \"user\" does not go with"
                        + " authentication: windows, which logs in as whoever runs the program.",
                "{server: a, authentication: windws}                      | x: \"authentication\" must be windows or"
                        + " sql or ntlm or kerberos. Found \"windws\". Did you mean \"windows\"?",
                "{server: a, encrypt: strict, trust-server-certificate: true} | x: \"trust-server-certificate\" does"
                        + " not go with encrypt: strict, which looks at every certificate. Leave it out, or write encrypt:"
                        + " true.",
                "{server: a, address: b}                                  | x: \"address\" is where the server is"
                        + " dialled: host:port. Found \"b\".",
                "{server: a, user: b, password: {file: nowhere.txt}}      | x: the file nowhere.txt cannot be read as UTF-8"
                        + " (what Windows PowerShell writes with > is UTF-16), or its first line is empty.",
                "{server: a, user: b, password: {prmpt: true}}            | x: there is no key \"prmpt\". Did you mean"
                        + " \"prompt\"?",
            })
    void refusesWrongServers(String written, String message) {
        assertThat(findings("x: {type: sql-server}", file("x: " + written))
                        .lines()
                        .findFirst())
                .contains(message);
    }

    @Test
    void readsShells() {
        assertThat(bound("x: {type: powershell, default: SkypeForBusiness}").find("x"))
                .contains(new ResolvedValue.Shell(new ShellTarget(List.of("SkypeForBusiness"), "powershell.exe")));
        assertThat(bound("x: {type: powershell}", file("x: {modules: [Lync], program: pwsh}"))
                        .find("x"))
                .contains(new ResolvedValue.Shell(new ShellTarget(List.of("Lync"), "pwsh")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x: {type: secret} | x: hush-hush",
                "x: {type: sql-server} | x: {server: sqlb, authentication: sql, user: dba, password: hush-hush}",
                "x: {type: sql-server} | x: {server: sqlb, authentication: ntlm, domain: L, user: dba, password:"
                        + " hush-hush}",
                "x: {type: powershell} | x: {modules: [Lync], remote: {computer: fe01, user: dba, password:"
                        + " hush-hush}}",
            })
    void hidesEverySecretOfTheSiteInTextsThatLeaveTheProgram(String row) {
        Site site = bound(row.split(" \\| ")[0], file(row.split(" \\| ")[1]));

        assertThat(site.masking().mask("login failed with hush-hush")).isEqualTo("login failed with ••••••");
    }

    @Test
    void takesAValueThatLooksLikeATagAsText() {
        assertThat(bound("x: {type: text}", file("x: 'PersistentChatServer:{{pool_fqdn}}'"))
                        .find("x"))
                .contains(new ResolvedValue.Plain(Value.of("PersistentChatServer:{{pool_fqdn}}")));
    }

    @Test
    void readsRemoteShells() {
        Login login = new Login("LITWARE\\dba", new Value.Secret("from the file"));
        assertThat(bound(
                                "x: {type: powershell}",
                                file("x: {modules: [Lync], remote: {computer: fe01, user: 'LITWARE\\dba', password:"
                                        + " {file: there.txt}, authentication: credssp, configuration: Tools}}"))
                        .find("x"))
                .contains(new ResolvedValue.Shell(new ShellTarget(
                        List.of("Lync"),
                        "powershell.exe",
                        Optional.of(new RemoteShell(
                                new Place.Computer("fe01"),
                                Optional.of(login),
                                Optional.of(Authentication.CREDSSP),
                                Optional.of("Tools"),
                                false)))));
        assertThat(bound(
                                "x: {type: powershell}",
                                file("x: {remote: {connection-uri: 'https://fe01/OcsPowershell',"
                                        + " trust-server-certificate: true}}"))
                        .find("x"))
                .contains(new ResolvedValue.Shell(new ShellTarget(
                        List.of(),
                        "powershell.exe",
                        Optional.of(new RemoteShell(
                                new Place.ConnectionUri("https://fe01/OcsPowershell"),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                true)))));
    }

    @Test
    void aPromptSaysWhereThePasswordGoesAndWhetherAnybodyProvesToBeThere() {
        String site = "x: {remote: {connection-uri: 'https://fe01/OcsPowershell', trust-server-certificate: true,"
                + " user: dba, password: {prompt: true}}}";
        String asked = "Password of dba for x (https://fe01/OcsPowershell, certificate not checked)";

        assertThat(bound("x: {type: powershell}", file(site))
                        .find("x")
                        .orElseThrow()
                        .secrets())
                .containsExactly(new Value.Secret("typed for " + asked));
    }

    @Test
    void showsWhereAShellRunsAndNeverItsPassword() {
        Site site = bound(
                "x: {type: powershell}",
                file("x: {modules: [Lync], remote: {computer: fe01, user: a, password: {file: there.txt}}}"));
        assertThat(site.shown()).containsEntry("x", "Lync on fe01");
        assertThat(site.masking().mask("no from the file here")).doesNotContain("from the file");
        assertThat(site.toString()).doesNotContain("from the file");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{remote: fe01}                                   | x: \"remote\" must be a map: {computer: HOST} or"
                        + " {connection-uri: 'https://HOST/OcsPowershell'}, and how to log in there.",
                "{remote: {}}                                     | x: \"remote\" says where: {computer: HOST} or"
                        + " {connection-uri: 'https://HOST/OcsPowershell'}, and how to log in there.",
                "{remote: {computr: a}}                           | x: there is no key \"computr\". Did you mean"
                        + " \"computer\"?",
                "{remote: {computer: a}}                          | x: \"modules\" must name at least one module, such"
                        + " as SkypeForBusiness.",
                "{remote: {computer: a, connection-uri: 'https://a/b'}} | x: \"computer\" and \"connection-uri\" do"
                        + " not go together. Write one of them.",
                "{remote: {computer: 'https://a/b'}}              | x: \"computer\" must be the name of a computer."
                        + " Found \"https://a/b\".",
                "{remote: {connection-uri: fe01}}                 | x: \"connection-uri\" must be an address such as"
                        + " https://HOST/OcsPowershell, without a user in it. Found \"fe01\".",
                "{remote: {connection-uri: 'https://u:p@fe01/x'}} | x: \"connection-uri\" must be an address such as"
                        + " https://HOST/OcsPowershell, without a user in it.",
                "{modules: [A], remote: {computer: a, user: b}}   | x: \"user\" and \"password\" go together. Without"
                        + " both, whoever runs the program logs in.",
                "{modules: [A], remote: {computer: a, authentication: kerbros}} | x: \"authentication\" must be"
                        + " kerberos or negotiate or credssp or basic. Found \"kerbros\". Did you mean \"kerberos\"?",
                "{modules: [A], remote: {computer: a, authentication: credssp}} | x: \"authentication\" credssp needs"
                        + " \"user\" and \"password\".",
                "{remote: {connection-uri: 'http://a/b', user: b, password: c, authentication: basic}} | x:"
                        + " \"authentication\" cannot be basic here: it sends the password as it is, so it needs a"
                        + " connection-uri that begins with https.",
                "{modules: [A], remote: {computer: a, trust-server-certificate: true}} | x:"
                        + " \"trust-server-certificate\" goes with a connection-uri that begins with https.",
                "{remote: {connection-uri: 'https://a/b', user: b, password: {prmpt: true}}} | x: there is no key"
                        + " \"prmpt\". Did you mean \"prompt\"?",
            })
    void refusesWrongRemoteShells(String written, String message) {
        assertThat(findings("x: {type: powershell}", file("x: " + written))
                        .lines()
                        .findFirst()
                        .orElse("nothing"))
                .isEqualTo(message);
    }

    @Test
    void fetchesSecretsAndNeverShowsThem() {
        Site site = bound("x: {type: secret}", file("x: {file: there.txt}"));
        assertThat(((ResolvedValue.Plain) site.find("x").orElseThrow()).value())
                .isEqualTo(new Value.Secret("from the file"));
        assertThat(site.toString()).doesNotContain("from the file");
    }

    @Test
    void asksForNoSecretWhileSomethingElseIsWrong() {
        SiteBinder.SecretReader never = new SiteBinder.SecretReader() {
            @Override
            public Optional<String> prompt(String question) {
                throw new AssertionError(question);
            }

            @Override
            public Optional<String> file(String path) {
                throw new AssertionError(path);
            }

            @Override
            public Optional<String> environment(String name) {
                throw new AssertionError(name);
            }
        };
        Runbook runbook = runbook("x: {type: secret}\n  y: {type: number}");
        Checked<Site> site =
                new SiteBinder(never).bind(runbook, List.of(file("x: {prompt: true}\ny: z")), "id", "stamp");
        assertThat(site.diagnostics()).hasSize(1);
    }

    @Test
    void warnsOfNamesThatNoRunbookHas() {
        Runbook runbook = runbook("primary_sql: {type: text, optional: true}\n  dc2_servers: {type: list}");
        Map<String, SuppliedValue> given =
                file("primry_sql: a\ndc1_servers: [a]\ndc2_servers: [a]\ndc2_server: b\nzzz: c");
        List<Diagnostic> warnings = SuppliedValue.unknown(runbook, given, () -> Set.of("dc1_servers"));
        assertThat(warnings)
                .extracting(Diagnostic::message)
                .containsExactly(
                        "There is no variable \"primry_sql\" in test. Did you mean \"primary_sql\"?",
                        "There is no variable \"dc2_server\" in test. Did you mean \"dc2_servers\"?",
                        "There is no variable \"zzz\" in test.");
        assertThat(warnings)
                .extracting(warning -> warning.span().start())
                .containsExactly(new Position(1, 1), new Position(4, 1), new Position(5, 1));
    }

    @Test
    void aSiteFileIsAMap() {
        assertThat(SuppliedValue.read(Source.of("site.yaml", "- a\n")).diagnostics())
                .hasSize(1);
    }

    private static SqlTarget server(String written) {
        return ((ResolvedValue.Server) bound("x: {type: sql-server}", file("x: " + written))
                        .find("x")
                        .orElseThrow())
                .target();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'SQLB\\RTC' | {server: 'sqlb.litwareinc.com\\rtc', user: x, password: y} | who logs in",
                "{server: 'SQLB\\RTC', user: x, password: y} | {server: 'SQLB\\RTC', user: x, password: z}"
                        + " | the password",
                "sqlb.litwareinc.com | {server: 'SQLB,1433', encrypt: strict} | encrypt",
                "'SQLB\\RTC' | {server: 'SQLB\\RTC', trust-server-certificate: true, address: 'gw:1433'}"
                        + " | trust-server-certificate and address",
                "{server: 'SQLB,14330', server-name: 'SQLB\\RTC'} | {server: 'b.net,1', server-name: 'sqlb\\rtc'}"
                        + " | the port",
                "{server: 'alias\\X', server-name: 'SQLB\\RTC'} | {server: 'SQLB\\RTC', address: 'gw:1433'} | address",
            })
    void refusesTwoSettingsForOneServer(String one, String other, String difference) {
        assertThat(findings("a: {type: sql-server}\n  b: {type: sql-server}", file("a: " + one + "\nb: " + other)))
                .startsWith("b means the same server as a (")
                .contains("), and differs in " + difference + ". Give both the same settings");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'SQLB\\RTC' | 'sqlb.litwareinc.com\\rtc'",
                "SQLB | 'SQLB,1433'",
                "SQLB | {server: 'SQLB\\RTC', user: x, password: y}",
                "'SQLB,1' | {server: 'SQLB,2', encrypt: strict}",
                "'sqlb.dc1.net\\RTC' | {server: 'sqlb.dc2.net\\RTC', encrypt: strict}",
                "{server: 'ag\\RTC', server-name: 'A\\RTC'} | {server: 'ag\\RTC', server-name: 'B\\RTC', encrypt:"
                        + " strict}",
            })
    void takesTwoServersAndTwoNamesOfOneServer(String one, String other) {
        assertThat(findings("a: {type: sql-server}\n  b: {type: sql-server}", file("a: " + one + "\nb: " + other)))
                .isEmpty();
    }

    private static Map<String, SuppliedValue> file(String text) {
        return SuppliedValue.read(Source.of("site.yaml", text)).value().orElseThrow();
    }

    private static Site bound(String variables) {
        return bound(variables, List.of());
    }

    private static Site bound(String variables, Map<String, SuppliedValue> given) {
        return bound(variables, List.of(given));
    }

    private static Site bound(String variables, List<Map<String, SuppliedValue>> strongestFirst) {
        Checked<Site> site = checked(variables, strongestFirst);
        assertThat(site.diagnostics()).isEmpty();
        return site.value().orElseThrow();
    }

    private static String findings(String variables) {
        return findings(variables, Map.of());
    }

    private static String findings(String variables, Map<String, SuppliedValue> given) {
        return String.join(
                "\n",
                checked(variables, List.of(given)).diagnostics().stream()
                        .map(Diagnostic::message)
                        .toList());
    }

    private static Checked<Site> checked(String variables, List<Map<String, SuppliedValue>> strongestFirst) {
        return new SiteBinder(SECRETS).bind(runbook(variables), strongestFirst, "run-1", "20261121031209");
    }

    private static Runbook runbook(String variables) {
        String text = "runbook: test\nvariables:\n  " + variables + "\nsteps:\n  - {step: 1, title: x, confirm: x}\n";
        return READER.read(Source.of("runbook.yaml", text)).value().orElseThrow();
    }
}
