/**
 * Common given names and family names of Europe, the Americas, the Arab world and Asia, lower case, accents folded. They
 * recognise a column of names, of which some are common, not a single name. Words that are also diseases, drugs, months,
 * places or colours are left out where they are known.
 */
export const GIVEN_NAMES: readonly string[] = [
  'aaron abigail adam adrian agnes ahmed aisha alan albert alejandro alessandro alex alexander alexandra alexis ali alice alicia',
  'alina amanda amber amelia amir amy ana andrea andreas andrew andrzej angela anita ann anna anne annika anthony antoine anton',
  'antonio arthur ashley astrid barbara beatrice ben benjamin bernd bernard beth betty bianca bjorn bob brandon brenda brian',
  'brigitte bruce bruno camille carl carla carlos carmen carol caroline catherine cecilia chantal charles chloe chris christian',
  'christina christine christopher claire clara claudia claudio craig cristina cynthia daniel daniela danielle david deborah',
  'debra denise dennis diana diane diego dieter dirk dominik dominique donald donna dorothy douglas dylan edward elena elias',
  'elisabeth elizabeth ella ellen emily emma enrique eric erik erika ernst esther ethan eva evelyn fabian fatima federico felix',
  'fernando fiona florian francesca francesco francis francisco francois frank franz frederic gabriel gabriele gary george',
  'gerald gerard gerhard giovanni giulia giuseppe gloria grace gregory guillaume gunther hannah hans harold harry hassan heather',
  'heidi heinz helen helena helga henri henry holly hugo ian ibrahim ines ingrid isaac isabel isabella ivan jack jacob',
  'jacques jake james jamie jan jane janet janice jason javier jean jeffrey jennifer jens jeremy jerry jessica jesus joan joanna',
  'joao johan johann johannes john jonas jonathan jorge jose josef joseph joshua joyce juan juha judith judy julia julian julie',
  'jurgen justin karen karin karl karolina katarzyna kate katharina katherine kathleen kathryn katja kayla keith kelly kenneth',
  'kevin kim klaus kristen kristin kyle lara larry lars laura lauren laurent lea lena leo leon leonardo lillian linda lisa logan',
  'lorenzo louis louise luca lucas lucia lucie luis luke lukas madison magdalena manfred manuel marco marcus margaret maria',
  'mariana marie marilyn mario marion mark markus marta martha martin martina mary mateo mathias mathieu matteo matthew maurice max',
  'megan mehmet melanie melissa michael michel michelle miguel mikael mikko miriam mohamed mohammad mohammed monica monika muhammad',
  'mustafa nadia nancy natalia natalie nathan nicholas nicolas nicole nina noah nora olga oliver olivia oscar otto pablo pamela',
  'patricia patrick paul paula pauline pavel pedro peter petra philip philipp philippe pierre piotr rachel rafael ralf ralph ramon',
  'raymond rebecca renate renee ricardo richard rita robert roberto robin roger roland ronald rosa ruben russell ruth ryan',
  'sabine samantha samuel sandra sara sarah scott sean sebastian sergio sharon shirley silvia simon simone sofia sofie sophia',
  'sophie stefan stefanie stephanie stephen steven susan susanne sven sylvia tamara tatiana teresa theodore theresa thomas thorsten',
  'tim timothy tina tobias tom tomas torsten ulrich ursula uwe valentina valerie vanessa vera veronica victor victoria vincent',
  'virginia walter wayne werner william willie wolfgang yasmin yusuf yves zachary zoe',
  'aiden ava caleb charlotte chen deepak elijah gavin hiroshi jayden kenji li lin liam mason mei mia min ming mohan omar priya raj',
  'rajesh ravi sanjay sunil wei xin yan ying yuki yusuke',
].flatMap((line) => line.split(' '));

/** As {@link GIVEN_NAMES}. */
export const FAMILY_NAMES: readonly string[] = [
  'adams ahmed alexander allen alvarez andersen anderson andersson bailey baker barnes bauer becker bell bennett berg bernard bianchi',
  'brooks bryant butler campbell carlson carter castillo castro chavez clark clarke coleman collins contreras cox cruz',
  'da davies davis de delgado diaz dubois durand edwards eriksson esposito evans fernandez ferrari fischer fisher fletcher flores',
  'foster fournier garcia gibson gomez gonzales gonzalez graham greco griffin guerrero gutierrez hall hamilton hansen harris',
  'harrison hayes henderson hernandez herrera hoffmann hoffman howard hughes hussain huber ivanov jackson jansen janssen jenkins jensen',
  'jimenez johansson johnson jones kaiser kaur khan kelley kennedy klein koch kowalski kumar lambert larsen larsson lee lefebvre',
  'leroy lewis lopez martinez mcdonald mendoza meyer mitchell moore morales moreau moreno morgan morris muller munoz murphy murray',
  'myers nelson nguyen nielsen nilsson novak obrien olsen olsson ortiz owens parker patel patterson pedersen perez perry petersen',
  'peterson petit phillips popov powell ramirez ramos reyes reynolds ricci richardson richter rivera roberts robertson robinson',
  'rodriguez rogers romano romero rossi rousseau roux ruiz russo sanchez sanders santos schafer schmidt schmitz schneider schroder',
  'schulz schwarz silva simmons singh smith sorensen souza stewart suarez sullivan suzuki tanaka taylor thompson torres tran turner',
  'vargas vasquez vazquez wagner walker wang washington watson weber werner williams wilson wolf wong wright yamamoto yang yilmaz',
  'zhang zimmermann',
].flatMap((line) => line.split(' '));
