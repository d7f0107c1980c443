package dev.runbook.rehearsal.estate;

import dev.runbook.rehearsal.scene.Scene;
import dev.runbook.rehearsal.scene.ServerSpec;
import dev.runbook.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * How a site is told the passwords of its servers. A run in another process keeps no password in its folder, and has to find it
 * again when it is resumed: it gets a file for each login. In memory the password itself will do.
 *
 * @param folder where the files lie
 */
record Passwords(Optional<Path> folder) {
    /** Writes a file for each login of a scene. */
    static Passwords inFiles(Scene scene, Path folder) throws IOException {
        Passwords passwords = new Passwords(Optional.of(folder));
        for (ServerSpec server : scene.everyServer()) {
            ServerSpec.Login login = scene.described(server).login();
            Files.writeString(passwords.file(folder, login), login.password());
        }
        return passwords;
    }

    /** What a site file says of the password of a login. */
    Value of(ServerSpec.Login login) {
        return folder.<Value>map(within -> new Value.Fields(
                        Map.of("file", Value.of(file(within, login).toString()))))
                .orElseGet(() -> Value.of(login.password()));
    }

    /** Two logins of one name may have different passwords. */
    private Path file(Path within, ServerSpec.Login login) {
        return within.resolve("password-" + Integer.toHexString(login.hashCode()) + ".txt");
    }
}
