package dev.runbook.person;

import dev.runbook.engine.SiteChange;
import dev.runbook.site.Site;
import dev.runbook.value.Masking;

/** The secrets that a run has had so far, so that none of them leaves the program in what people type. */
public final class KnownSecrets {
    private Masking masking = Masking.NONE;

    /** The secrets of these values are known from now on. */
    public synchronized void learn(Site site) {
        masking = masking.and(site.masking());
    }

    /** The same changes; the secrets that they bring are known too. */
    public SiteChange learning(SiteChange changes) {
        return (plan, state, assignment) -> {
            SiteChange.Outcome outcome = changes.change(plan, state, assignment);
            if (outcome instanceof SiteChange.Outcome.Changed changed) {
                learn(changed.plan().site());
            }
            return outcome;
        };
    }

    /** The text with dots for every secret in it. */
    public synchronized String mask(String text) {
        return masking.mask(text);
    }
}
