package dev.runbook.plan;

import dev.runbook.language.Runbook;
import dev.runbook.site.Site;

/**
 * A runbook with the values of a site.
 *
 * @param runbook the runbook
 * @param site the values of its variables
 * @param digest SHA-256 of the runbook's file, in hexadecimal digits
 */
public record Plan(Runbook runbook, Site site, String digest) {}
