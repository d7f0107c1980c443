package dev.runbook.endpoint.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.endpoint.Failure;
import dev.runbook.endpoint.SqlTarget;
import dev.runbook.endpoint.sql.SqlConnection.Identity;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdentityTest {
    private static SqlTarget target(String written, String serverName) {
        String[] parts = written.split("[\\\\,]");
        boolean named = written.contains("\\");
        boolean port = written.contains(",");
        return new SqlTarget(
                parts[0],
                named ? Optional.of(parts[1]) : Optional.empty(),
                port ? OptionalInt.of(Integer.parseInt(parts[1])) : OptionalInt.empty(),
                new SqlTarget.Login.Windows(),
                SqlTarget.Encryption.TRUE,
                false,
                Optional.empty(),
                Optional.ofNullable(serverName));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                // the site says; its server-name; @@SERVERNAME; MachineName; InstanceName; the same?
                "sqlb.litwareinc.com; ; SQLB; SQLB; ; true",
                "sqlb; ; SQLB; SQLB; ; true",
                "sqlb.litwareinc.com\\rtc; ; SQLB\\RTC; SQLB; RTC; true",
                "sqlb\\MSSQLSERVER; ; SQLB; SQLB; ; true",
                "sqlb,1444; ; SQLB\\RTC; SQLB; RTC; true",
                "sqlb; ; SQLB\\RTC; SQLB; RTC; false",
                "sqlb\\RTC; ; SQLB; SQLB; ; false",
                "sqlb\\RTC; ; SQLB\\LYNC; SQLB; LYNC; false",
                "sqlb; ; SQLA; SQLA; ; false",
                // renamed without telling SQL Server
                "sqlb; ; OLDNAME; SQLB; ; true",
                // an alias of the DNS
                "pchat-db.litwareinc.com; ; SQLB; SQLB; ; false",
                "pchat-db.litwareinc.com; sqlb; SQLB; SQLB; ; true",
                "pchat-db\\x; SQLB\\RTC; SQLB\\RTC; SQLB; RTC; true",
                "sqlb; SQLC; SQLB; SQLB; ; false"
            })
    void comparesWhoAnswersWithWhoWasNamed(
            String site, String serverName, String server, String machine, String instance, boolean same) {
        Identity identity = new Identity(server, machine, instance == null ? "" : instance, 51);
        assertThat(identity.differenceFrom(target(site, serverName)).isEmpty()).isEqualTo(same);
    }

    @Test
    void namesBothWhenTheyDiffer() {
        Failure failure = new Identity("SQLA\\RTC", "SQLA", "RTC", 51)
                .differenceFrom(target("sqlb\\RTC", null))
                .orElseThrow();
        assertThat(failure.kind()).isEqualTo(Failure.Kind.IDENTITY);
        assertThat(failure.message())
                .contains("sqlb\\RTC")
                .contains("SQLA\\RTC")
                .contains("server-name");
    }

    @Test
    void letsNoServerPassThatDoesNotSayWhatItIsCalledAndAdvisesNoEmptyName() {
        for (String serverName : new String[] {null, "", " ", "SQLB", "\\RTC"}) {
            for (String server : new String[] {"", "SQLB", "SQLB\\RTC"}) {
                Failure failure = new Identity(server, "", "RTC", 51)
                        .differenceFrom(target("sqlb\\RTC", serverName))
                        .orElseThrow();
                assertThat(failure.kind()).isEqualTo(Failure.Kind.IDENTITY);
                assertThat(failure.message())
                        .contains("does not say what it is called")
                        .doesNotContain("server-name");
            }
        }
        assertThat(new Identity("", "SQLB", "", 51).differenceFrom(target("sqlc", "")))
                .isPresent();
    }
}
