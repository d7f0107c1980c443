package dev.runbook.rehearsal.estate;

import dev.runbook.base.Value;
import dev.runbook.rehearsal.scene.Scene;
import dev.runbook.rehearsal.scene.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How a site is told the passwords of its servers and shells. A run in another process keeps no password in its folder, and has
 * to find it again when it is resumed: it gets a file for each login. In memory the password itself will do.
 *
 * @param folder where the files lie
 */
record Passwords(Optional<Path> folder) {
    /** Writes a file for each login of a scene. */
    static Passwords inFiles(Scene scene, Path folder) throws IOException {
        Passwords passwords = new Passwords(Optional.of(folder));
        for (Setting.ServerSpec server : scene.everyServer()) {
            Setting.ServerSpec.Login login = scene.described(server).login();
            Files.writeString(file(folder, login.user(), login.password()), login.password());
        }
        for (Scene.VariableSpec.Remote remote : scene.remoteShells()) {
            Files.writeString(file(folder, remote.user(), remote.password()), remote.password());
        }
        return passwords;
    }

    /** What a site file says of the password of a login. */
    Value of(String user, String password) {
        return folder.<Value>map(within -> new Value.Fields(
                        Map.of("file", Value.of(file(within, user, password).toString()))))
                .orElseGet(() -> Value.of(password));
    }

    /** Two logins of one name may have different passwords. */
    private static Path file(Path within, String user, String password) {
        return within.resolve("password-" + Integer.toHexString(Objects.hash(user, password)) + ".txt");
    }
}
