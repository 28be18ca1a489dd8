/** What the user gives: targets, intents, options, chart values, the settings file of a folder. */
@NullMarked
package io.cnishift.cli.input;

import org.jspecify.annotations.NullMarked;
