"""``python -m build_scripts.cli`` is the command ``handbook``."""

import sys

from build_scripts.cli import main

sys.exit(main())
