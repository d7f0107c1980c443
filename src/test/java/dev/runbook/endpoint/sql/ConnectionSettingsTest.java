package dev.runbook.endpoint.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.runbook.base.Value;
import dev.runbook.endpoint.SqlTarget;
import dev.runbook.endpoint.SqlTarget.Encryption;
import dev.runbook.endpoint.SqlTarget.Login;
import dev.runbook.endpoint.sql.SqlErrors.SqlFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionSettingsTest {
    private static final Login SA = new Login.Sql("sa", new Value.Secret("p;w}{="));

    private static SqlTarget target(
            Optional<String> instance, OptionalInt port, Login login, Optional<String> address) {
        return new SqlTarget(
                "sqlb.litwareinc.com", instance, port, login, Encryption.TRUE, false, address, Optional.empty());
    }

    private static SqlTarget target(Login login) {
        return target(Optional.empty(), OptionalInt.empty(), login, Optional.empty());
    }

    @Test
    void neverLetsTheDriverConnectOrSendAgain() throws SqlFailedException {
        Properties settings = ConnectionSettings.of(target(SA), "runbook 1");
        assertThat(settings)
                .containsEntry("connectRetryCount", "0")
                .containsEntry("socketTimeout", "0")
                .containsEntry("loginTimeout", "15")
                .containsEntry("databaseName", "master")
                .containsEntry("applicationName", "runbook 1")
                .containsEntry("encrypt", "true")
                .containsEntry("trustServerCertificate", "false")
                .containsEntry("hostNameInCertificate", "sqlb.litwareinc.com")
                .containsEntry("password", "p;w}{=")
                .doesNotContainKeys("retryExec", "retryConn");
    }

    @Test
    void dialsTheInstanceOrThePortOrTheAddress() throws SqlFailedException {
        Optional<String> rtc = Optional.of("RTC");
        assertThat(ConnectionSettings.of(target(rtc, OptionalInt.empty(), SA, Optional.empty()), "r"))
                .containsEntry("serverName", "sqlb.litwareinc.com")
                .containsEntry("instanceName", "RTC")
                .doesNotContainKey("portNumber");
        assertThat(ConnectionSettings.of(target(Optional.empty(), OptionalInt.of(1444), SA, Optional.empty()), "r"))
                .containsEntry("portNumber", "1444");
        assertThat(ConnectionSettings.of(target(rtc, OptionalInt.empty(), SA, Optional.of("127.0.0.1:50001")), "r"))
                .containsEntry("serverName", "127.0.0.1")
                .containsEntry("portNumber", "50001")
                .containsEntry("hostNameInCertificate", "sqlb.litwareinc.com")
                .doesNotContainKey("instanceName");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "localhost:", ":1433", "localhost:port"})
    void refusesAnAddressThatIsNoHostAndPort(String address) {
        SqlTarget target = target(Optional.empty(), OptionalInt.empty(), SA, Optional.of(address));
        assertThat(catchThrowableOfType(SqlFailedException.class, () -> ConnectionSettings.of(target, "r"))
                        .failure()
                        .code())
                .isEqualTo("address");
    }

    @Test
    void knowsFourWaysToLogIn() throws SqlFailedException {
        assertThat(ConnectionSettings.of(target(SA), "r"))
                .containsEntry("user", "sa")
                .doesNotContainKey("integratedSecurity");
        assertThat(ConnectionSettings.of(target(new Login.Windows()), "r"))
                .containsEntry("integratedSecurity", "true")
                .containsEntry("authenticationScheme", "NativeAuthentication");
        assertThat(ConnectionSettings.of(target(new Login.Kerberos()), "r"))
                .containsEntry("authenticationScheme", "JavaKerberos");
        assertThat(ConnectionSettings.of(target(new Login.Ntlm("LITWARE", "dba", new Value.Secret("x"))), "r"))
                .containsEntry("authenticationScheme", "NTLM")
                .containsEntry("domain", "LITWARE")
                .containsEntry("user", "dba");
    }

    @Test
    void refusesToStartBesideAFileThatMakesTheDriverSendTwice(@TempDir Path folder)
            throws IOException, SqlFailedException {
        Path jar = folder.resolve("runbook.jar");
        ConnectionSettings.refuseFileBeside(jar);
        Files.createFile(folder.resolve("runbook.jarmssql-jdbc.properties"));
        assertThatThrownBy(() -> ConnectionSettings.refuseFileBeside(jar))
                .isInstanceOf(SqlFailedException.class)
                .hasMessageContaining("runbook.jarmssql-jdbc.properties");
    }

    @Test
    void loadsNoLibraryForWindowsLoginsFromTheCurrentFolder(@TempDir Path folder) throws IOException {
        Path here = Files.createDirectory(folder.resolve("here"));
        Files.createFile(here.resolve("MSSQL-JDBC_AUTH-13.6.2.x64.dll"));

        assertThat(refusal(List.of("nowhere", "\0", "."), here)).contains("MSSQL-JDBC_AUTH", "current folder");
        assertThat(refusal(List.of(""), here)).contains("current folder");
        assertThat(refusal(List.of("here"), folder)).contains("current folder");
        // somebody has said so
        assertThat(refusal(List.of(here.toString()), here)).isEmpty();
    }

    @Test
    void aLibraryThatIsFoundBeforeTheCurrentFolderIsTheOneThatIsLoaded(@TempDir Path folder) throws IOException {
        Path right = Files.createDirectory(folder.resolve("right"));
        Files.createFile(right.resolve("mssql-jdbc_auth-13.6.2.x64.dll"));
        Files.createFile(folder.resolve("mssql-jdbc_auth-13.6.2.x64.dll"));

        assertThat(refusal(List.of(right.toString(), "."), folder)).isEmpty();
        assertThat(refusal(List.of(".", right.toString()), folder)).contains("current folder");
    }

    private static String refusal(List<String> path, Path current) {
        try {
            ConnectionSettings.refuseLibraryHere(path, current);
            return "";
        } catch (SqlFailedException e) {
            assertThat(e.failure().code()).isEqualTo("library-here");
            return e.failure().message();
        }
    }
}
