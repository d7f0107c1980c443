package dev.runbook.cmdlet;

import dev.runbook.diagnostic.Checked;
import dev.runbook.diagnostic.Source;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The cmdlets that are known, by name in any case. */
public final class CmdletReference {
    private static final String RESOURCE = "cmdlets.yaml";

    private final Map<String, KnownCmdlet> byName = new LinkedHashMap<>();

    /** Of these cmdlets; the last of a name wins. */
    public CmdletReference(Collection<KnownCmdlet> cmdlets) {
        cmdlets.forEach(cmdlet -> byName.put(key(cmdlet.name()), cmdlet));
    }

    /** The one inside the program. */
    public static CmdletReference shipped() {
        try (InputStream stream = CmdletReference.class.getResourceAsStream(RESOURCE)) {
            if (stream == null) {
                throw new IllegalStateException(RESOURCE + " is missing from the program");
            }
            String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            return read(Source.of(RESOURCE, text)).value().orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(RESOURCE, e);
        }
    }

    /** What somebody wrote in the same form, or everything that is wrong with it. */
    public static Checked<CmdletReference> read(Source source) {
        return new ReferenceReader(source).read();
    }

    /** This one and another one, which wins where both know a cmdlet. */
    public CmdletReference and(CmdletReference other) {
        List<KnownCmdlet> all = new ArrayList<>(byName.values());
        all.addAll(other.byName.values());
        return new CmdletReference(all);
    }

    /** The cmdlet of that name; a module before it ({@code SkypeForBusiness\Get-CsPool}) does not count. */
    public Optional<KnownCmdlet> find(String written) {
        return Optional.ofNullable(byName.get(key(written.substring(written.lastIndexOf('\\') + 1))));
    }

    /** The names of all cmdlets that there are. */
    public List<String> names() {
        return byName.values().stream()
                .filter(cmdlet -> cmdlet.instead().isEmpty())
                .map(KnownCmdlet::name)
                .toList();
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
