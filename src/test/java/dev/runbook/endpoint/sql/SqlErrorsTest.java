package dev.runbook.endpoint.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.endpoint.Failure.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlErrorsTest {
    @ParameterizedTest
    @ValueSource(ints = {1205, 1222, 921, 922, 952, 956, 3023, 1404, 5061, 14258, 1413, 1421, 1479, 17142, 18401})
    void callsTransientWhatGoesAwayByItself(int number) {
        assertThat(SqlErrors.kindOf(number, "")).isEqualTo(Kind.TRANSIENT);
    }

    @ParameterizedTest
    @ValueSource(ints = {18456, 18452, 229, 262, 916, 3110, 5011, 6102})
    void callsAccessWhatIsRefusedToALogin(int number) {
        assertThat(SqlErrors.kindOf(number, "")).isEqualTo(Kind.ACCESS);
    }

    @ParameterizedTest
    @ValueSource(ints = {102, 911, 927, 954, 1416, 1418, 3101, 3104, 3117, 3153, 4305, 4326, 4347, 6106, 32014, 50000})
    void callsEverythingElseLasting(int number) {
        assertThat(SqlErrors.kindOf(number, "")).isEqualTo(Kind.LASTING);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "Cannot open backup device '\\\\fs1\\p(5)\\a.trn'. Operating system error 53(The network path was not"
                        + " found.).;TRANSIENT",
                "Cannot open backup device 'D:\\a.trn'. Operating system error 32(The process cannot access"
                        + " it).;TRANSIENT",
                "Das Sicherungsmedium 'D:\\a(2).trn' kann nicht geöffnet werden. Betriebssystemfehler 5(Zugriff"
                        + " verweigert).;LASTING",
                "Cannot open backup device 'D:\\a(53).trn'. Operating system error 2(not found (32)).;LASTING",
                "無法開啟備份裝置 '\\\\fs1\\a.trn'。作業系統錯誤 53(找不到網路路徑。)。;TRANSIENT",
                "something else;LASTING"
            })
    void looksAtTheErrorOfWindowsBehindAnUnreadableBackup(String message, Kind kind) {
        assertThat(SqlErrors.kindOf(3201, message)).isEqualTo(kind);
    }
}
