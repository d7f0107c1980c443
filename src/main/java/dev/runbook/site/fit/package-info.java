/** Whether what was given fits a runbook: names that it does not have, and what it needs that a scene does not give. */
package dev.runbook.site.fit;
