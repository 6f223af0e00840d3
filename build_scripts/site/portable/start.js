// START-HERE.html loads this from the folder beside it: who can read this has unpacked the whole of it.
location.replace("handbook/index.html");
