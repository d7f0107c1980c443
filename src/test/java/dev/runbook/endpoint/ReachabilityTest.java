package dev.runbook.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.endpoint.Reachability.Finding;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ReachabilityTest {
    private static final Failure REFUSED = Failure.definite(Failure.Kind.TRANSIENT, "file-system", "a refused login");

    @ParameterizedTest
    @EnumSource(Finding.class)
    void nothingButADialledPortThatRefusesOrStaysSilentProvesThatNothingIsThere(Finding finding) {
        boolean proved = switch (finding) {
            case REFUSED, SILENT, NO_WAY -> true;
            case OPEN, NOT_DIALLED, NO_PORT, NO_SUCH_NAME -> false;
        };
        Reachability found = new Reachability(finding, "fs1:445", "");
        assertThat(found.isAbsent()).isEqualTo(proved);
        Answer answer = Reachability.ofPath("\\\\fs1\\logs", REFUSED, path -> Optional.of(found));
        assertThat(answer.equals(Answer.nothing())).isEqualTo(proved);
    }

    @Test
    void aPathWithoutAFileServerThatCannotBeLookedAtIsAFailure() {
        assertThat(Reachability.ofPath("Z:\\logs", REFUSED, Reachability::ofFileServer))
                .isEqualTo(Answer.failed(REFUSED));
    }

    @Test
    void aNetworkOfThisComputerThatIsDownSaysNothingOfTheOther() {
        assertThat(Reachability.meaning(new SocketException("Network is unreachable")))
                .isEqualTo(Finding.NOT_DIALLED);
        assertThat(Reachability.meaning(new IOException("no more sockets"))).isEqualTo(Finding.NOT_DIALLED);
        assertThat(Reachability.meaning(new ConnectException("refused"))).isEqualTo(Finding.REFUSED);
        assertThat(Reachability.meaning(new NoRouteToHostException())).isEqualTo(Finding.NO_WAY);
        assertThat(Reachability.meaning(new SocketTimeoutException())).isEqualTo(Finding.SILENT);
    }

    @Test
    void dialsAPort() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
            assertThat(Reachability.ofPort("127.0.0.1", port).finding()).isEqualTo(Finding.OPEN);
        }
        Reachability closed = Reachability.ofPort("127.0.0.1", port);
        assertThat(closed.finding()).isEqualTo(Finding.REFUSED);
        assertThat(closed.place()).isEqualTo("127.0.0.1:" + port);
        assertThat(Reachability.ofPort("no-such-name.invalid", 445).finding()).isEqualTo(Finding.NO_SUCH_NAME);
    }

    @ParameterizedTest
    @CsvSource({
        "'ServerName;SQLA;InstanceName;RTC;IsClustered;No;Version;11.0.2100.60;tcp;14330;;', 14330",
        "'ServerName;SQLA;InstanceName;rtc;np;\\\\SQLA\\pipe\\sql;tcp;1433;;', 1433",
        "'ServerName;SQLA;InstanceName;OTHER;tcp;1;;ServerName;SQLA;InstanceName;RTC;tcp;2;;', ",
        "'ServerName;SQLA;InstanceName;OTHER;tcp;14330;;', ",
        "'ServerName;SQLA;InstanceName;RTC;np;x;;', ",
        "'ServerName;SQLA;InstanceName;RTC;tcp;99999;;', ",
        "'ServerName;SQLA;InstanceName;RTC;tcp;;', ",
        "'tcp;1433', ",
        "'', "
    })
    void readsThePortOfThisInstanceAndNoOther(String answer, Integer port) {
        assertThat(Reachability.port(answer, "RTC").isPresent()).isEqualTo(port != null);
        if (port != null) {
            assertThat(Reachability.port(answer, "RTC")).hasValue(port);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'\\\\fs1\\logs', true",
        "'\\\\?\\UNC\\fs1\\logs', true",
        "'D:\\logs', true",
        "'D:/logs', true",
        "'d:', true",
        "'/logs', false",
        "'logs\\x', false",
        "'a:b', false"
    })
    void knowsAPathThatOnlyWindowsHas(String path, boolean ofWindows) {
        assertThat(Reachability.isOfWindows(path)).isEqualTo(ofWindows);
    }
}
