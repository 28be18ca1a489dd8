@NullMarked
package io.cnishift.cli;

import org.jspecify.annotations.NullMarked;
