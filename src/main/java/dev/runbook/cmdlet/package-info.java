/** What is known of cmdlets: which there are, in which product, what they take. Data, which a user can add to. */
package dev.runbook.cmdlet;
