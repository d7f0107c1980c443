package dev.runbook.rehearsal.shell;

import java.util.List;
import java.util.Optional;

/**
 * A module that the shell can open.
 *
 * @param name such as {@code SkypeForBusiness}
 * @param cmdlets that it brings
 */
public record ShellModule(String name, List<Cmdlet> cmdlets) {
    /** Copies the list. */
    public ShellModule {
        cmdlets = List.copyOf(cmdlets);
    }

    /** The cmdlet of that name, without regard to case. */
    public Optional<Cmdlet> cmdlet(String called) {
        return cmdlets.stream()
                .filter(cmdlet -> cmdlet.name().equalsIgnoreCase(called))
                .findFirst();
    }

    /** What PowerShell calls the module in a file or folder: its last part, without the extension. */
    static String nameIn(String path) {
        return path.replaceFirst("^.*[\\\\/]", "").replaceFirst("\\.(psd1|psm1|dll)$", "");
    }
}
