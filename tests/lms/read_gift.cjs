// GIFT on standard input to the questions that gift-pegjs reads, as JSON. Argument: the folder of node_modules.
const { parse } = require(require("path").join(process.argv[2], "gift-pegjs"));
require("fs").writeFileSync(1, JSON.stringify(parse(require("fs").readFileSync(0, "utf8"))));
