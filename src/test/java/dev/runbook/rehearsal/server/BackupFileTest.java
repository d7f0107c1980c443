package dev.runbook.rehearsal.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.rehearsal.model.Agent;
import dev.runbook.rehearsal.model.BackupSet;
import dev.runbook.rehearsal.model.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupFileTest {
    @TempDir
    Path folder;

    @Test
    void bringsBackWhatWasWritten() throws IOException {
        Path file = folder.resolve("mgc.bak");
        List<BackupSet> sets = List.of(Sample.full(900, 1000), Sample.log(900, 1100));
        BackupDevices.BackupFile.write(file, sets);

        assertThat(BackupDevices.BackupFile.read(file))
                .contains(List.of(sets.get(0), sets.get(1).at(2)));
        assertThat(Files.size(file)).isGreaterThan(4096);
    }

    @Test
    void readsNothingFromAFileThatWasCutAnywhere() throws IOException {
        Path file = folder.resolve("mgc.trn");
        BackupDevices.BackupFile.write(file, List.of(Sample.log(1000, 1100)));
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length += 97) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThat(BackupDevices.BackupFile.read(file))
                    .as("cut at %d", length)
                    .isEmpty();
        }
        Files.write(file, Arrays.copyOf(whole, whole.length - 1));
        assertThat(BackupDevices.BackupFile.read(file)).isEmpty();
    }

    @Test
    void saysWhyADeviceDoesNotOpen() throws IOException {
        BackupDevices devices = devices(folder);
        Files.writeString(folder.resolve("mgc.wrk"), "half");

        assertThat(error(devices, "D:\\pchatlogs\\gone.trn")).startsWith("3201").contains("error 2(");
        assertThat(error(devices, "D:\\elsewhere\\gone.trn")).startsWith("3201").contains("error 3(");
        assertThat(error(devices, "d:/PCHATLOGS/mgc.wrk")).startsWith("3241");
    }

    @Test
    void neitherReadsNorWritesOutsideItsFolders() throws IOException {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Path inside = Files.createDirectory(folder.resolve("inside"));
        BackupDevices.BackupFile.write(outside.resolve("mgc.bak"), List.of(Sample.full(1, 2)));
        BackupDevices devices = devices(inside);

        assertThat(error(devices, outside + "/mgc.bak")).startsWith("3201").contains("error 3(");
        assertThat(error(devices, "D:\\pchatlogs\\..\\outside\\mgc.bak")).startsWith("3201");
        assertThat(devices.write(outside + "/new.bak", Sample.full(3, 4))).isPresent();
        assertThat(devices.begin(outside + "/new.bak")).isPresent();
        assertThat(outside.resolve("new.bak")).doesNotExist();
    }

    @Test
    void appendsBehindWhatLiesThere() {
        BackupDevices devices = devices(folder);
        String device = folder + "\\mgc.bak";

        assertThat(devices.nextPosition(device)).isEqualTo(1);
        assertThat(devices.append(device, Sample.full(1, 2))).isEmpty();
        assertThat(devices.append(device, Sample.full(3, 4))).isEmpty();
        assertThat(((BackupDevices.Media.Sets) devices.read(device)).sets())
                .extracting(BackupSet::position)
                .containsExactly(1, 2);
    }

    @Test
    void leavesABegunBackupUnreadable() {
        BackupDevices devices = devices(folder);

        assertThat(devices.begin(folder + "/mgc.bak")).isEmpty();
        assertThat(error(devices, folder + "/mgc.bak")).startsWith("3241");
    }

    private static BackupDevices devices(Path folder) {
        return new BackupDevices(Server.empty(
                new Server.Identity("sqla.litwareinc.com", "RTC", "12.0.6024.0"),
                List.of(),
                Map.of("D:\\pchatlogs", folder.toString()),
                new Agent(false, "", 1, List.of())));
    }

    private static String error(BackupDevices devices, String device) {
        BackupDevices.Media.Unreadable unreadable = (BackupDevices.Media.Unreadable) devices.read(device);
        return unreadable.error().number() + " " + unreadable.error().message();
    }
}
