package dev.runbook.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretKeysTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '`',
            value = {
                "password: hunter2 ! password: •••••••",
                "{user: sa, password: 'hunter2', encrypt: maybe} ! {user: sa, password: •••••••••, encrypt: maybe}",
                "{user: sa, password: hunter2, encrypt: maybe} ! {user: sa, password: •••••••, encrypt: maybe}",
                "{password: 'hunter''2', usr: sa} ! {password: •••••••••••, usr: sa}",
                "{password: \"hun\\\"ter2\", usr: sa} ! {password: •••••••••••, usr: sa}",
                "{password: 'hunter2, encrypt: 'true'} ! {password: ••••••••, encrypt: 'true'}",
                "{password: hunter2', encrypt: 'true'} ! {password: ••••••••, encrypt: 'true'}",
                "{password: hun,ter2} ! {password: •••••••••",
                "{password: hun}ter2} ! {password: •••••••••",
                "{'password':'hunter2','usr':'sa'} ! {'password':•••••••••,'usr':'sa'}",
                "{pasword: hunter2} ! {pasword: ••••••••",
                "{password:hunter2} ! {password:••••••••",
                "{password=hunter2} ! {password=••••••••",
                "login: {api-token: hunter2} ! login: {api-token: ••••••••",
                "'Server=sqlb;Password=hunter2;Encrypt=no' ! 'Server=sqlb;Password=•••••••;Encrypt=no'",
                "connection-uri: https://sa:hunter2@pc21/OcsPowershell ! connection-uri: https://••••••••••@pc21/OcsPowershell",
            })
    void hidesWhatStandsBehindASecretKeyAndKeepsTheColumns(String line, String shown) {
        assertThat(Source.of("site.yaml", line).shown(1)).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password: {prompt: true}",
                "password: {file: pw.txt}",
                "{password: {environment: SQL_PASSWORD}, encrypt: maybe}",
                "sql_password: {type: secret, description: of the login}",
                "password: '{{sql_password}}'",
                "# how to log in is the business of the site",
                "log_share: '\\\\fs1\\pchatlogs'",
                "keyword: x",
                "password:"
            })
    void leavesTheRestAsItIs(String line) {
        assertThat(Source.of("site.yaml", line).shown(1)).isEqualTo(line);
    }

    @Test
    void hidesASecretThatGoesOnInTheNextLines() {
        Source source = Source.of("site.yaml", """
                password: |
                  hunter2

                  hunter3
                file_password:
                  'hunter4'
                sql:
                  password: 'hunter5
                    hunter6
                  encrypt: maybe
                shell_password:
                  prompt: true
                """);

        assertThat(source.lines().stream().filter(line -> line.contains("hunter")))
                .hasSize(5);
        for (int line = 1; line <= source.lines().size(); line++) {
            assertThat(source.shown(line)).doesNotContain("hunter");
        }
        assertThat(source.shown(10)).isEqualTo("  encrypt: maybe");
        assertThat(source.shown(12)).isEqualTo("  prompt: true");
    }

    @Test
    void hidesTheValuesOfFurtherKeysAlsoWhereTheyAreMisspelt() {
        Source source = Source.of("site.yaml", "bridge_code: hunter2\nbridge_cod: hunter2\npool_fqdn: pool");

        assertThat(source.shown(1)).contains("hunter2");
        Source hiding = source.hiding(Set.of("bridge_code"));
        assertThat(hiding.shown(1)).isEqualTo("bridge_code: •••••••");
        assertThat(hiding.shown(2)).isEqualTo("bridge_cod: •••••••");
        assertThat(hiding.shown(3)).isEqualTo("pool_fqdn: pool");
    }

    @Test
    void hidesThemInMessagesToo() {
        Source source = Source.of("site.yaml", "backup_sql: 'sqlb;password=hunter2'");
        Origin origin = Origin.of(source, new Span(new Position(1, 13), new Position(1, 36)));

        Diagnostic finding = Diagnostic.error(
                origin, "wrong-value", "backup_sql must be a server. Found \"sqlb;password=hunter2\".");

        assertThat(finding.message()).isEqualTo("backup_sql must be a server. Found \"sqlb;password=••••••\".");
    }
}
